// Ctrl+K: every command by name.
#pragma once

#include "dialogs/filter_popup.h"

namespace fiducial::ui {

class CommandPalette final : public FilterPopup {
  Q_OBJECT
 public:
  CommandPalette(const UiContext& context, QWidget* window);
  void open();

 protected:
  std::vector<Entry> entriesFor(const QString& typed) override;

 private:
  QWidget* window_;
};

}  // namespace fiducial::ui
