// A row of controls in a window that may be narrow: what is wanted least makes room first, nothing is cut off.
#pragma once

#include <QObject>
#include <set>
#include <vector>

class QHBoxLayout;
class QWidget;

namespace fiducial::ui {

/// Owner: the widget whose layout the row is (its QObject child). Follows the widget's width by itself.
class FittingRow final : public QObject {
 public:
  /// `leaving` in the order in which they make room, the parts of setWanted() among them; all others always stay.
  FittingRow(QWidget* widget, QHBoxLayout* row, std::vector<QWidget*> leaving);
  /// Instead of setVisible() for one of `leaving`: shown where it is wanted and there is room.
  void setWanted(QWidget* part, bool wanted);
  /// Shows what fits; after parts changed their width.
  void fit();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  [[nodiscard]] int widthWith(std::size_t left) const;
  [[nodiscard]] bool isLeaving(const QWidget* part, std::size_t left) const;

  QWidget* widget_;
  QHBoxLayout* row_;
  std::vector<QWidget*> leaving_;
  std::set<const QWidget*> unwanted_;
};

}  // namespace fiducial::ui
