#include "fiducial/project/project.h"

#include <utility>

#include "edit_application.h"
#include "project_state.h"
#include "undo.h"
#include "verify.h"

namespace fiducial::project {
namespace {

/// An import that the disk refuses is not kept a second time in memory: its source is still there.
constexpr std::size_t kKeptChanges = 10'000;

}  // namespace

Project::State::State(std::filesystem::path file, Database database)
    : path(std::move(file)), store(std::make_unique<Store>(std::move(database))) {
  worker = std::make_unique<Worker>([this] {
    if (reason().empty()) (void)store->database.checkpoint();  // a failure shows at the next edit
  });
}

Project::State::~State() { worker.reset(); }

std::string Project::State::reason() const {
  const std::lock_guard guard(mutex);
  return readOnlyReason;
}

void Project::State::turnReadOnly(std::string why, bool failed) {
  const std::lock_guard guard(mutex);
  readOnlyReason = std::move(why);
  writingFailed = writingFailed || failed;
}

Result<AppliedEdit> Project::State::applyNow(Edit edit) {
  const auto keep = [this](Edit kept) {
    const std::lock_guard guard(mutex);
    if (writingFailed && !kept.changes.empty()) unwritten.push_back(std::move(kept));
  };
  if (const std::string why = reason(); !why.empty()) {
    keep(std::move(edit));
    return Error{ErrorCode::Unwritable, "the project is read-only: " + why, path.string(), {}};
  }
  Edit copy{edit.name, {}, edit.by};
  if (edit.changes.size() <= kKeptChanges) copy.changes = edit.changes;
  auto result = applyEdit(*store, std::move(edit), annotator);
  if (result) {
    tell(*result);
  } else if (result.error().code == ErrorCode::Unwritable) {
    turnReadOnly(result.error().message, true);
    keep(std::move(copy));
  }
  return result;
}

Result<AppliedEdit> Project::State::swapNow(Direction direction, std::string_view by) {
  if (const std::string why = reason(); !why.empty()) {
    return Error{ErrorCode::Unwritable, "the project is read-only: " + why, path.string(), {}};
  }
  auto result = swapEdit(*store, direction, by, annotator);
  if (result) {
    tell(*result);
  } else if (result.error().code == ErrorCode::Unwritable) {
    turnReadOnly(result.error().message, true);
  }
  return result;
}

void Project::State::tell(const AppliedEdit& edit) {
  std::vector<std::shared_ptr<ObserverSlot>> slots;
  {
    const std::lock_guard guard(mutex);
    slots = observers;
  }
  bool hasEnded = false;
  for (const auto& slot : slots) {
    const std::lock_guard guard(slot->mutex);
    if (slot->observer) {
      const Observer observer = slot->observer;  // it may end itself while it runs
      observer(edit);
    }
    hasEnded = hasEnded || !slot->observer;
  }
  if (!hasEnded) return;
  const std::lock_guard guard(mutex);
  std::erase_if(observers, [](const auto& slot) { return slot.use_count() <= 2 && !slot->observer; });
}

Project::Project(std::unique_ptr<State> state) : state_(std::move(state)) {}
Project::~Project() = default;

const std::filesystem::path& Project::path() const { return state_->path; }
std::filesystem::path Project::folder() const { return state_->path.parent_path(); }
const Uid& Project::uid() const { return state_->uid; }
bool Project::isReadOnly() const { return !state_->reason().empty(); }
std::string Project::readOnlyReason() const { return state_->reason(); }
std::string Project::annotator() const { return state_->annotator; }

void Project::post(Edit edit, Done done) {
  state_->worker->post(Worker::Task([state = state_.get(), edit = std::move(edit), done = std::move(done)]() mutable {
    auto result = state->applyNow(std::move(edit));
    if (done) done(std::move(result));
  }));
}

void Project::postUndo(Done done) {
  state_->worker->post(Worker::Task([state = state_.get(), done = std::move(done)] {
    auto result = state->swapNow(Direction::Undone, {});
    if (done) done(std::move(result));
  }));
}

void Project::postRedo(Done done) {
  state_->worker->post(Worker::Task([state = state_.get(), done = std::move(done)] {
    auto result = state->swapNow(Direction::Redone, {});
    if (done) done(std::move(result));
  }));
}

Result<AppliedEdit> Project::apply(Edit edit) {
  return state_->askToEdit([&] { return state_->applyNow(std::move(edit)); });
}

Result<AppliedEdit> Project::undo(std::string_view by) {
  return state_->askToEdit([&] { return state_->swapNow(Direction::Undone, by); });
}

Result<AppliedEdit> Project::redo(std::string_view by) {
  return state_->askToEdit([&] { return state_->swapNow(Direction::Redone, by); });
}

Project::UndoState Project::undoState() const {
  return state_->ask([&] {
    const auto undo = undoTarget(*state_->store);
    const auto redo = redoTarget(*state_->store);
    return UndoState{undo && *undo ? (*undo)->name : "", redo && *redo ? (*redo)->name : ""};
  });
}

std::shared_ptr<Project::Subscription> Project::subscribe(Observer observer) {
  auto slot = std::make_shared<ObserverSlot>();
  slot->observer = std::move(observer);
  {
    const std::lock_guard guard(state_->mutex);
    state_->observers.push_back(slot);
  }
  return std::make_shared<Subscription>(std::move(slot));
}

Result<VerifyReport> Project::verify() const {
  return state_->ask([&] { return verifyStore(*state_->store); });
}

std::size_t Project::unwrittenEdits() const {
  const std::lock_guard guard(state_->mutex);
  return state_->unwritten.size();
}

void Project::waitIdle() const {
  state_->ask([] { return 0; });
}

}  // namespace fiducial::project
