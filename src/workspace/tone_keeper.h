// Window and level of each medium: the default of its first picture, then as the user left it.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "fiducial/media/frame_source.h"
#include "fiducial/media/volume_source.h"
#include "fiducial/workspace/workspace.h"

namespace fiducial::workspace {

/// Thread: the owner's.
class ToneKeeper {
 public:
  void setMedium(MediumId id, const MediumInfo& info);
  void clear();
  /// True where the default got better: a volume without a stored window is looked at whole once it is loaded.
  bool pictureArrived(const MediumInfo& info, const media::Volume* volume, const media::Frame* frame);
  [[nodiscard]] const render::Tone& tone() const { return tone_; }
  void set(render::Tone tone);
  /// Right drag, fractions of the view: right is wider, up (negative) is brighter.
  void drag(double dx, double dy);
  /// "As stored" ("Standard" where the file asks for none), those of the modality, the file's other windows, and its
  /// presentation states.
  [[nodiscard]] std::vector<WindowLevel> presets() const;
  void applyPreset(int index);
  /// The presentation state behind a preset; null for windows. Borrowed until the next change.
  [[nodiscard]] const PresentationView* presentationOf(int index) const;
  [[nodiscard]] bool isColor() const { return info_.components >= 3; }

 private:
  [[nodiscard]] bool hasFixedWindow() const;
  void remember();

  struct Kept {
    render::Tone tone;
    render::Tone standard;     ///< "as stored"
    bool isFinal = false;      ///< `standard` will not change any more
    bool isTouched = false;    ///< the user chose
    bool isPresented = false;  ///< the tone is that of a presentation state
  };
  MediumId medium_{};
  MediumInfo info_;
  render::Tone tone_;
  std::map<MediumId, Kept> kept_;
};

}  // namespace fiducial::workspace
