// The parts of one window behind the facade, and the few things that concern several of them at once.
#pragma once

#include <chrono>
#include <deque>
#include <map>

#include "background.h"
#include "fiducial/workspace/workspace.h"
#include "media_list.h"
#include "medium_session.h"
#include "notices.h"
#include "pending_edits.h"
#include "playback.h"
#include "recent_projects.h"
#include "selection.h"
#include "tone_keeper.h"
#include "tool_session.h"
#include "view_parts.h"

namespace fiducial::workspace {

/// What a tool is shown of the frame, kept alive for one call.
struct ToolScene {
  std::vector<edit::SceneShape> shapes;
  std::vector<edit::LabelRef> selection;
  std::vector<edit::SceneSegment> segments;
  edit::ToolContext context;
};

struct Workspace::Parts {
  Parts(Dispatcher dispatcher, std::filesystem::path settingsFolder);

  // project_flow.cpp
  void adopt(std::unique_ptr<project::Project> opened);
  void close();
  void durable(const AppliedEdit& applied);
  void identifyFrames(const AppliedEdit& applied);
  void touched(LabelStore::Touched what);
  void renamed(const IdMapping& mapping);
  void refused(const Error& error, const Edit& edit);
  void countMedia();
  void makeThumbnails();
  void refreshUndoState();
  void refreshSaved();
  // adding_media.cpp
  void addMedia(std::vector<std::filesystem::path> paths);
  void mediaAdded(const Result<exchange::AddReport>& report);
  /// A button for the first of `files` that holds labels and no picture; false where none does.
  bool offerImport(const std::vector<std::filesystem::path>& files);
  void importDataset(const exchange::Format& format, exchange::ImportOptions options);
  void dropUselessProject();
  Status projectFor(const std::filesystem::path& firstMedium);
  // medium_flow.cpp
  void show(MediumId id);
  void leaveMedium();
  void loadLabels();
  void pictureChanged();
  void mediumOpened();
  void setFrame(int wanted);
  void setTime(int wanted);
  /// A stack that says no distances: a line that offers to say them.
  void offerSpacing();
  /// Opens the medium on show anew where an edit gave it other pictures (found at last, more slices) or another
  /// spacing.
  void reopenIfChanged(const AppliedEdit& applied);
  void finishGesture();
  [[nodiscard]] double frameDurationMs(int of) const;
  // labels and tools
  void say(Message::Kind kind, std::string text);
  /// With the first of `notes` in the text and all of them behind the strip's button.
  void sayWithNotes(Message::Kind kind, std::string text, std::vector<std::string> notes);
  void sayError(const Error& error);
  /// Graphics of the file and what a presentation's shutters hide, for a view of the stored slices.
  void addFileLayers(int view, std::vector<render::MaskLayer>& layers) const;
  void select(std::vector<edit::LabelRef> labels);
  void chooseActiveSegment();
  std::vector<RawId> submit(Edit edit, std::function<void(const AppliedEdit&)> done = {});
  [[nodiscard]] const std::vector<edit::SceneShape>& shapesOn(int wanted) const;
  [[nodiscard]] std::vector<edit::SceneShape> selectedShapes() const;
  [[nodiscard]] std::optional<edit::SceneShape> ghostOn(int wanted) const;
  [[nodiscard]] MediumId mediumId() const;
  void fillScene(ToolScene& scene, int view) const;
  bool give(const edit::PointerEvent& event, int view);
  bool takeOutput(edit::ToolOutput output);

  std::shared_ptr<int> alive = std::make_shared<int>(0);  ///< dies with the workspace: late tasks are dropped
  OwnerThread owner;
  Notices notices;
  RecentProjects recent;

  std::shared_ptr<project::Project> project;
  std::shared_ptr<project::Project::Subscription> subscription;
  MediaList media;
  LabelStore labels;
  PendingEdits pending;
  std::vector<AppliedEdit> sinceLoad;  ///< arrived while the labels of a medium are being read
  std::uint64_t labelJob = 0;          ///< 0: labels are read
  project::Project::UndoState undoState;
  std::uint64_t undoJob = 0;
  bool undoStale = false;
  SavedState savedState;
  std::filesystem::path madeFor;  ///< the project made for media that are still being added; else empty
  std::string failure;            ///< why the medium shown gives no picture
  std::string heldBy;             ///< who writes, where the project is read-only for that reason

  int frame = 0;
  int time = 0;  ///< of a 4D medium
  struct Left {
    int frame = 0;
    int time = 0;
  };
  std::map<MediumId, Left> leftAt;               ///< where each medium was left
  std::set<MediumId> spacingOffered;             ///< asked once each
  std::optional<PresentationView> presentation;  ///< the one applied to the medium on show
  RunMask shutter;                               ///< what it hides; no size: nothing
  std::map<int, int> shownStep;                  ///< by view: the last step whose pixels were there
  ViewParts views;
  ToneKeeper tones;
  OverlayOptions overlay;
  int largeStep = 10;
  Playback playback;
  std::int64_t clockMs = 0;  ///< of the last tick

  Selection selection;
  std::vector<edit::SceneShape> clipboard;
  ToolSession tools;
  bool drawsTracks = true;
  LayerId layer{};
  std::vector<std::string> classPalette;  ///< "#rrggbb" of new classes; empty: the short one of classes_flow.cpp
  struct HeldDigit {
    int digit = -1;
    ClassId labelClass{};
    std::int64_t pressedMs = 0;
    std::int64_t lastMs = 0;
    bool startedEvent = false;
  } heldDigit;
  mutable std::optional<std::pair<int, std::vector<edit::SceneShape>>> shapeCache;  ///< of one frame
  mutable std::vector<edit::SceneShape> shownShapes;                                ///< with the gesture in progress

  std::optional<Message> message;
  std::uint64_t messageNumber = 0;

  // Last: their threads are joined before the rest goes.
  Background background;
  MediumSession medium;
};

}  // namespace fiducial::workspace
