// Ctrl+K: every command, class and medium by name. Ctrl+F: what there is rather than what can be done: media, classes
// and the labels of this medium.
#pragma once

#include "dialogs/filter_popup.h"

namespace fiducial::ui {

class CommandPalette final : public FilterPopup {
  Q_OBJECT
 public:
  enum class Holds { Everything, Things };
  CommandPalette(const UiContext& context, QWidget* window, Holds holds);
  void open();

 protected:
  std::vector<Entry> entriesFor(const QString& typed) override;

 private:
  using Scored = std::vector<std::pair<int, Entry>>;
  void addCommands(Scored& found, const QString& typed) const;
  void addMedia(Scored& found, const QString& typed) const;
  void addClasses(Scored& found, const QString& typed) const;
  void addLabels(Scored& found, const QString& typed) const;
  QWidget* window_;
  Holds holds_;
};

}  // namespace fiducial::ui
