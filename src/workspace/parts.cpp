#include "parts.h"

namespace fiducial::workspace {
namespace {

/// Notes of the engine name the command line's way; the window has its own.
std::string inWindowWords(std::string note) {
  constexpr std::string_view kCommand = "import --format ";
  const std::size_t at = note.find(kCommand);
  if (at == std::string::npos) return note;
  const std::size_t end = note.find_first_of(" ;,.)", at + kCommand.size());
  note.replace(at, end == std::string::npos ? end : end - at, "File > Import labels");
  return note;
}

}  // namespace

Workspace::Parts::Parts(Dispatcher dispatcher, std::filesystem::path settingsFolder)
    : owner(std::move(dispatcher), alive),
      notices(owner),
      recent(std::move(settingsFolder)),
      pending(owner, labels,
              {.touched = [this](LabelStore::Touched what) { touched(what); },
               .refused = [this](const Error& error, const Edit& edit) { refused(error, edit); },
               .renamed = [this](const IdMapping& mapping) { renamed(mapping); },
               .counted = [this] { refreshSaved(); }}),
      background(owner, notices),
      medium(owner, background,
             {.picture = [this] { pictureChanged(); },
              .opened = [this] { mediumOpened(); },
              .failed =
                  [this](const Error& error) {
                    media.setAvailable(mediumId(), error.code != ErrorCode::NotFound);
                    failure = error.text();
                    notices.changed(Topic::Media | Topic::Picture);
                    sayError(error);
                    makeThumbnails();  // of the others: this one gives no picture that would start it
                  },
              .warnings =
                  [this](const std::vector<std::string>& warnings) {
                    sayWithNotes(Message::Kind::Warning, {}, warnings);
                  }}) {}

MediumId Workspace::Parts::mediumId() const { return medium.medium() ? MediumId{medium.medium()->id} : MediumId{}; }

void Workspace::Parts::say(Message::Kind kind, std::string text) {
  message = Message{.kind = kind, .text = std::move(text), .actionText = {}, .action = {}, .commandId = {}};
  message->number = ++messageNumber;
  notices.changed(Topic::Message);
}

void Workspace::Parts::sayWithNotes(Message::Kind kind, std::string text, std::vector<std::string> notes) {
  for (std::string& note : notes) note = inWindowWords(std::move(note));
  if (!notes.empty()) {
    text += text.empty() ? notes.front() : " " + notes.front();
    if (notes.size() > 1) text += "; and " + std::to_string(notes.size() - 1) + " more";
  }
  say(kind, std::move(text));
  if (notes.size() > 1) message->details = std::move(notes);
}

void Workspace::Parts::sayError(const Error& error) {
  if (error.code == ErrorCode::Cancelled) return;
  say(Message::Kind::Error, inWindowWords(error.text()));
  if (error.hint.find("Locate") != std::string::npos) {
    message->actionText = "Locate...";
    message->commandId = "file.locate";
  }
}

Workspace::Workspace(Dispatcher dispatcher, std::filesystem::path settingsFolder)
    : parts_(std::make_unique<Parts>(std::move(dispatcher), std::move(settingsFolder))) {}

Workspace::~Workspace() { parts_->close(); }

std::shared_ptr<Workspace::Subscription> Workspace::observe(Observer observer) {
  return parts_->notices.observe(std::move(observer));
}

const std::optional<Message>& Workspace::message() const { return parts_->message; }

void Workspace::say(Message message) {
  message.number = ++parts_->messageNumber;
  parts_->message = std::move(message);
  parts_->notices.changed(Topic::Message);
}

void Workspace::dismissMessage() {
  parts_->message.reset();
  parts_->notices.changed(Topic::Message);
}

std::vector<JobState> Workspace::jobs() const { return parts_->background.shown(); }
void Workspace::cancelJob(std::uint64_t number) { parts_->background.cancel(number); }
const SavedState& Workspace::saved() const { return parts_->savedState; }

bool Workspace::isIdle() const {
  const Parts& p = *parts_;
  return p.background.isIdle() && p.pending.isEmpty() && p.medium.isIdle();
}

}  // namespace fiducial::workspace
