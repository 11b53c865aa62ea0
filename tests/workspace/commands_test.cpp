// The table of commands: ids and keys are unique, the documentation is what the table says.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <set>

#include "fiducial/runtime/atomic_file.h"
#include "fiducial/workspace/command.h"
#include "session.h"

namespace fiducial::workspace::test {
namespace {

std::vector<std::string> keysOf(const Command& command) {
  std::vector<std::string> keys;
  std::string rest = command.keys + " ";
  for (std::size_t end = rest.find(' '); end != std::string::npos; end = rest.find(' ')) {
    if (end > 0) keys.push_back(rest.substr(0, end));
    rest.erase(0, end + 1);
  }
  return keys;
}

TEST(Commands, IdsAndKeysAreUniqueAndEachSaysWhatItDoes) {
  std::set<std::string> ids;
  std::map<std::string, std::string> owner;
  for (const Command& command : commands()) {
    EXPECT_TRUE(ids.insert(command.id).second) << command.id;
    EXPECT_FALSE(command.text.empty() || command.hint.empty()) << command.id;
    EXPECT_EQ(findCommand(command.id), &command);
    for (const std::string& key : keysOf(command)) {
      EXPECT_TRUE(owner.emplace(key, command.id).second) << key << ": " << command.id << " and " << owner[key];
    }
  }
  EXPECT_EQ(findCommand("no.such"), nullptr);
}

TEST(Commands, EachCanBeAskedAndRunWithNothingOpen) {
  for (const Command& command : commands()) {
    Session session;
    const bool isEnabled = !command.enabled || command.enabled(session.workspace);
    if (command.checked) (void)command.checked(session.workspace);
    if (isEnabled && command.run) command.run(session.workspace);
    session.queue.runPending();
  }
}

TEST(Shortcuts, TheDocumentIsWhatTheTableSays) {
  const std::filesystem::path file = fiducial::test::sourceFolder() / "docs" / "shortcuts.md";
  if (std::getenv("FIDUCIAL_UPDATE_DOCS")) {
    ASSERT_TRUE(runtime::writeFile(file, std::string_view(shortcutsMarkdown())).ok());
  }
  const auto text = runtime::readText(file);
  ASSERT_TRUE(text.ok()) << text.error().text();
  EXPECT_EQ(*text, shortcutsMarkdown()) << "run this test with FIDUCIAL_UPDATE_DOCS=1";
}

}  // namespace
}  // namespace fiducial::workspace::test
