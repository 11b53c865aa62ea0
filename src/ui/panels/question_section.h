// The project's questions and their answers for this frame, medium, study or patient.
#pragma once

#include <vector>

#include "panels/form_section.h"

class QButtonGroup;
class QLineEdit;

namespace fiducial::ui {

class QuestionSection final : public FormSection {
  Q_OBJECT
 public:
  explicit QuestionSection(const UiContext& context, QWidget* parent = nullptr);
  void refresh() override;

 private:
  struct Row {
    QuestionId id{};
    Question question;
    QLabel* name = nullptr;
    QButtonGroup* choices = nullptr;  ///< null: an answer in words
    QLineEdit* words = nullptr;
  };
  void rebuild();
  [[nodiscard]] bool isBuilt() const;
  [[nodiscard]] Row makeRow(QuestionId id, const Question& question);
  void addChoices(Row& row, QLayout* into);
  void addWords(Row& row, QLayout* into);
  [[nodiscard]] QString answerTo(QuestionId id, Scope scope) const;

  QWidget* rows_ = nullptr;
  std::vector<Row> built_;
};

}  // namespace fiducial::ui
