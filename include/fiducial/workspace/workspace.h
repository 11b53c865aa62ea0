// What one window knows, without widgets: project, current medium and frame, labels on it, selection, tool, view,
// playback, messages. Panels read it, show it, and pass intent back; a whole session can be driven from a test without
// Qt.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fiducial/core/edit.h"
#include "fiducial/core/records.h"
#include "fiducial/core/result.h"
#include "fiducial/core/track_interpolation.h"
#include "fiducial/edit/registry.h"
#include "fiducial/edit/tool.h"
#include "fiducial/exchange/format.h"
#include "fiducial/exchange/project_media.h"
#include "fiducial/media/frame_source.h"
#include "fiducial/media/volume_source.h"
#include "fiducial/project/project.h"
#include "fiducial/render/picture_renderer.h"
#include "fiducial/render/plane_view.h"
#include "fiducial/workspace/command.h"
#include "fiducial/workspace/dispatcher.h"
#include "fiducial/workspace/label_store.h"

namespace fiducial::workspace {

/// What changed; observers get the union since the last notification.
enum class Topic : std::uint32_t {
  Project = 1 << 0,  ///< opened, closed, became read-only
  Media = 1 << 1,    ///< list of media, thumbnails, marks
  Medium = 1 << 2,   ///< another medium is shown
  Frame = 1 << 3,    ///< the frame number, the time point
  Picture = 1 << 4,  ///< pixels to show arrived (or more slices)
  Labels = 1 << 5,   ///< labels of the current medium
  Schema = 1 << 6,   ///< classes, layers, questions
  Selection = 1 << 7,
  Tool = 1 << 8,     ///< tool, its settings, current class, active segment
  Preview = 1 << 9,  ///< the gesture in progress
  View = 1 << 10,    ///< tone, zoom, planes, overlay options
  Playback = 1 << 11,
  Message = 1 << 12,  ///< the strip
  Saved = 1 << 13,    ///< the saved state in the status bar
  Job = 1 << 14,      ///< progress of long work
};
using Topics = std::uint32_t;
constexpr Topics operator|(Topic a, Topic b) { return static_cast<Topics>(a) | static_cast<Topics>(b); }
constexpr Topics operator|(Topics a, Topic b) { return a | static_cast<Topics>(b); }
constexpr bool has(Topics set, Topic one) { return (set & static_cast<Topics>(one)) != 0; }

/// The line under the toolbar: what happened, what to do, and a button that does it.
struct Message {
  enum class Kind : std::uint8_t { Info, Warning, Error };
  Kind kind = Kind::Info;
  std::string text;
  std::string actionText;  ///< "Undo", "Locate..."; empty: no button
  std::function<void()> action;
  std::string commandId;                  ///< instead of `action`: a command to run (may be a dialog of the ui)
  std::uint64_t number = 0;               ///< increases with every message
  std::vector<std::string> details = {};  ///< all that `text` only counts; the strip offers the list
};

struct JobState {
  std::uint64_t number = 0;
  std::string what;  ///< "Loading CT head", "Exporting COCO"
  std::int64_t done = 0;
  std::int64_t total = 0;      ///< 0: unknown
  std::int64_t startedMs = 0;  ///< steady clock, for "time left"
};

/// A row of the media browser.
struct MediumItem {
  Stored<Medium> medium;
  std::string subject;      ///< pseudonym
  std::string study;        ///< description or date
  std::int64_t labels = 0;  ///< labels of any kind on it
  bool done = false;        ///< marked done
  bool available = true;    ///< its files are there
  ScalarBuffer thumbnail;   ///< RGBX, at most 96x96; empty until made
};

/// One of the views of the canvas.
struct ViewState {
  render::Plane plane = render::Plane::Stored;
  render::PlaneAxes axes;
  int step = 0;                     ///< index along axes.axisStep (equals the frame for Plane::Stored)
  render::ViewTransform transform;  ///< logical pixels
  double width = 800;               ///< logical size of the view
  double height = 600;
  bool fitted = true;  ///< follows the size of the view until zoomed or panned
};

struct OverlayOptions {
  bool labelsVisible = true;
  enum class Style : std::uint8_t { FillAndOutline, Outline, Fill } style = Style::FillAndOutline;
  bool text = true;      ///< corner text
  bool graphics = true;  ///< that lie in the file beside its pixels
};

struct SavedState {
  enum class Kind : std::uint8_t { NoProject, Saved, Saving, ReadOnly, Failed } kind = Kind::NoProject;
  std::int64_t timeMs = 0;  ///< Unix ms of the last durable edit
  std::string text;         ///< "saved 14:02:07", "read-only: held by ..."
};

enum class LayoutKind : std::uint8_t { Single, ThreePlanes };

/// Thread: the owner's (window's) only; answers of other threads arrive through the dispatcher.
class Workspace {
 public:
  /// `settingsFolder` may be empty (tests): nothing is remembered between runs.
  explicit Workspace(Dispatcher dispatcher, std::filesystem::path settingsFolder = {});
  ~Workspace();
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  using Observer = std::function<void(Topics)>;
  class Subscription;
  [[nodiscard]] std::shared_ptr<Subscription> observe(Observer observer);

  // --- project and media -------------------------------------------------------------------------------------------
  Status newProject(const std::filesystem::path& path);
  /// Falls back to read-only where another program holds it, and says who.
  Status openProject(const std::filesystem::path& path);
  void closeProject();
  /// A project, media files or folders (command line, drop, dialog). Media without a project make `<name>.fiducial`
  /// beside them where that can be written, else in the user's data folder, and the strip says where. Loads in the
  /// background.
  void openPaths(std::vector<std::filesystem::path> paths);
  void locateMedia(const std::filesystem::path& path);
  [[nodiscard]] project::Project* project() const;
  [[nodiscard]] std::span<const MediumItem> media() const;
  [[nodiscard]] const MediumItem* findMedium(MediumId id) const;
  void exportDataset(std::string_view format, exchange::ExportOptions options);
  void importDataset(std::string_view format, exchange::ImportOptions options);
  [[nodiscard]] std::vector<std::filesystem::path> recentProjects() const;

  // --- what is shown -----------------------------------------------------------------------------------------------
  void showMedium(MediumId id);
  void showNextMedium(int direction);
  [[nodiscard]] const MediumItem* currentMedium() const;
  [[nodiscard]] int frame() const;
  [[nodiscard]] int frameCount() const;
  /// Clamped; finishes or cancels a shape in progress.
  void setFrame(int frame);
  void stepFrame(int delta) { setFrame(frame() + delta); }
  /// The time point of a 4D medium, from 0; labels are those of this time. Clamped.
  [[nodiscard]] int time() const;
  [[nodiscard]] int timeCount() const;  ///< 1 where there is none
  void setTime(int time);
  /// What is known of the medium on show, as opening its files refined it: with how its spacing is known.
  [[nodiscard]] const MediumInfo& shownInfo() const;
  /// A stack or picture whose file says no distances (or the user said them): they can be given.
  [[nodiscard]] bool canGiveSpacing() const;
  /// Column, row and slice distance in mm, kept in the project as one edit; the medium opens anew. Errors: Invalid for
  /// what is no distance, or where the file says its own.
  Status giveSpacing(std::array<double, 3> spacingMm);
  /// Previous / next stop: key frame of the selected track; in code mode an event border; else a labelled frame.
  void goToStop(int direction);
  [[nodiscard]] Timestamp pts(int frame) const;
  [[nodiscard]] std::string timecode(int frame) const;
  /// Volumes: the (maybe still loading) volume; null otherwise.
  [[nodiscard]] std::shared_ptr<const media::Volume> volume() const;
  /// Frame kinds: the picture now shown (stays until the next one is there); null while the first one loads or on
  /// failure.
  [[nodiscard]] std::shared_ptr<const media::Frame> shownFrame() const;
  /// The shown picture is that of frame(), and a spinner is due (waiting over 150 ms).
  [[nodiscard]] bool isPictureCurrent() const;
  /// Why the medium shown gives no picture at all; empty where there is one, or it is still awaited.
  [[nodiscard]] std::string pictureFailure() const;

  // --- views -------------------------------------------------------------------------------------------------------
  [[nodiscard]] LayoutKind layout() const;
  void setLayout(LayoutKind layout);
  [[nodiscard]] int viewCount() const;
  [[nodiscard]] const ViewState& view(int index) const;
  [[nodiscard]] int activeView() const;
  void setActiveView(int index);
  void resizeView(int index, double width, double height);
  void fit(int index);
  void zoomView(int index, ScreenPoint anchor, double factor);
  void setZoom(int index, double zoom);
  void panView(int index, double dx, double dy);
  void setViewStep(int index, int step);
  void stepView(int index, int delta);
  [[nodiscard]] int viewStepCount(int index) const;
  /// Everything the renderer needs for a view now; nothing where there is no picture.
  [[nodiscard]] std::optional<render::PictureView> pictureView(int index) const;
  /// Segments and 2D masks on this view, previews included. Borrows from the workspace until the next change.
  [[nodiscard]] std::vector<render::MaskLayer> maskLayers(int index) const;
  [[nodiscard]] const render::Tone& tone() const;
  void setTone(render::Tone tone);
  /// Right drag: fractions of the view's size; right is wider, up is brighter.
  void dragWindow(double dx, double dy);
  /// "As stored" first, those of the modality, the file's other windows and the presentation states for it in its
  /// folder, which may also turn the picture or hide parts of it; Alt+1.. are indices 1...
  [[nodiscard]] std::vector<WindowLevel> windowPresets() const;
  void applyWindowPreset(int index);
  [[nodiscard]] const OverlayOptions& overlay() const;
  void setOverlay(OverlayOptions overlay);
  /// Status bar read-out at a point of a view.
  struct Probe {
    std::string value;    ///< "-42 HU", "128, 64, 60", empty outside
    std::string image;    ///< "x 123.4  y 56.0"
    std::string patient;  ///< "L 12.3  P 4.5  S 100.0 mm", or "uncalibrated"
  };
  [[nodiscard]] Probe probe(int view, ImagePoint at) const;
  /// Crosshair in patient/voxel space for linked planes.
  [[nodiscard]] std::optional<VoxelPoint> crosshair() const;
  void setCrosshair(int view, ImagePoint at);
  void setLargeStep(int frames);  ///< what Shift with a step key moves (10)
  [[nodiscard]] int largeStep() const;

  // --- labels ------------------------------------------------------------------------------------------------------
  [[nodiscard]] const LabelStore& labels() const;  ///< schema, and labels of the current medium
  /// Shapes on the current frame, bottom to top: annotations and tracks (interpolated), with pending previews applied.
  [[nodiscard]] std::span<const edit::SceneShape> shapes() const;
  /// The selected track where it has ended (LabelStore::ghostOf): shown faintly, dragged to start it again.
  [[nodiscard]] std::optional<edit::SceneShape> ghost() const;
  [[nodiscard]] std::span<const edit::LabelRef> selection() const;
  void select(std::vector<edit::LabelRef> labels);
  void selectNext(int direction);
  /// Goes to a label's frame (a track's first) and selects it.
  void goTo(edit::LabelRef label);
  void deleteSelection();
  void setClassOfSelection(ClassId id);
  void setAttribute(edit::LabelRef label, const std::string& name, std::optional<AttributeValue> value);
  void copySelectionToNextFrame();
  /// Shapes of the selection, kept for this session; pasted as annotations of the current frame (masks where the
  /// picture has their size).
  void copySelection();
  void cutSelection();
  void paste();
  [[nodiscard]] bool canPaste() const;
  void nudgeSelection(double dx, double dy);
  void toggleOccluded();
  void setKeyframeHere();  ///< C: key frame of the selected track, or the selected event starts here
  void endHere();          ///< Shift+C: the track ends here, or the selected event ends here
  void markDone(bool wholeMedium);
  void moveEventBorder(EventId event, bool lastBorder, int frame);
  void moveKeyframe(KeyframeId keyframe, int frame);
  void setDrawsTracks(bool on);
  [[nodiscard]] bool drawsTracks() const;
  void setHidden(edit::LabelRef label, bool hidden);
  [[nodiscard]] bool isHidden(edit::LabelRef label) const;
  void setLocked(edit::LabelRef label, bool locked);
  [[nodiscard]] bool isLocked(edit::LabelRef label) const;
  /// Any edit; its message on failure goes to the strip.
  void apply(Edit edit, std::function<void(const AppliedEdit&)> done = {});
  void undo();
  void redo();
  [[nodiscard]] project::Project::UndoState undoState() const;

  // --- classes -----------------------------------------------------------------------------------------------------
  /// Colours ("#rrggbb") of new classes, in this order, the least used first; the window gives its theme's.
  void setClassPalette(std::vector<std::string> colors);
  [[nodiscard]] ClassId currentClass() const;
  void setCurrentClass(ClassId id);
  /// A new class with the next colour and free hotkey; becomes the current one. Errors: Invalid name.
  Status addClass(const std::string& name);
  Status updateClass(ClassId id, const LabelClass& value);
  Status deleteClass(ClassId id);
  /// A digit key: class of the next shape, class of the selection, or tag / event in code mode.
  void pressDigit(int digit, bool shift);
  void releaseDigit(int digit);

  // --- tools -------------------------------------------------------------------------------------------------------
  [[nodiscard]] const edit::ToolInfo& tool() const;
  void setTool(std::string_view id);     ///< "code" is tag and event mode (T)
  void toggleTool(std::string_view id);  ///< again: the tool before
  [[nodiscard]] bool isCoding() const;
  [[nodiscard]] const edit::ToolSettings& toolSettings() const;
  void setToolSettings(edit::ToolSettings settings);
  void changeToolSize(int steps);
  [[nodiscard]] SegmentationId activeSegment() const;
  void setActiveSegment(SegmentationId id);
  /// Pointer in picture coordinates of a view; tools act on it. Returns false where the tool has no use for it.
  bool pointer(int view, const edit::PointerEvent& event);
  [[nodiscard]] bool isToolBusy() const;
  [[nodiscard]] const std::optional<edit::Preview>& preview() const;

  // --- tags and events ---------------------------------------------------------------------------------------------
  void toggleTag(ClassId id, Scope scope);
  void answer(QuestionId question, const std::string& value);
  /// Starts an event of a class here (ends the running one of an exclusive layer), or ends the running one.
  void toggleEvent(ClassId id);
  [[nodiscard]] LayerId currentLayer() const;
  void setCurrentLayer(LayerId id);

  // --- playback ----------------------------------------------------------------------------------------------------
  [[nodiscard]] bool isPlaying() const;
  [[nodiscard]] double playbackRate() const;  ///< asked for; negative is backwards
  [[nodiscard]] double shownRate() const;     ///< reached (0.8 where decoding is too slow for 1)
  void play(double rate);
  void pause();
  /// Called by the window's clock (about every 8 ms while playing), and by tests with times of their own.
  void tick(std::int64_t nowMs);

  // --- messages, jobs, saved ---------------------------------------------------------------------------------------
  [[nodiscard]] const std::optional<Message>& message() const;
  void say(Message message);
  void dismissMessage();
  [[nodiscard]] std::vector<JobState> jobs() const;
  void cancelJob(std::uint64_t number);
  [[nodiscard]] const SavedState& saved() const;
  /// Nothing is loading, applying or queued (for tests and for closing).
  [[nodiscard]] bool isIdle() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace fiducial::workspace
