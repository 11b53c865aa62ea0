// Q: a class by its name at the pointer; a name that is not there yet makes a new class.
#pragma once

#include "dialogs/filter_popup.h"

namespace fiducial::ui {

class ClassPopup final : public FilterPopup {
  Q_OBJECT
 public:
  ClassPopup(const UiContext& context, QWidget* window);
  void openAt(QPoint globalPosition);

 protected:
  std::vector<Entry> entriesFor(const QString& typed) override;

 private:
  void choose(ClassId id);
};

}  // namespace fiducial::ui
