// The audit chain: altering what happened shows, compressing it again does not. Files are altered through SQLite
// itself.
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <zstd.h>

#include "demo_project.h"

namespace fiducial::project::test {
namespace {

void recompress(sqlite3_context* context, int, sqlite3_value** values) {
  const auto size = static_cast<std::size_t>(sqlite3_value_bytes(values[0]));
  const void* bytes = sqlite3_value_blob(values[0]);
  std::string plain(ZSTD_getFrameContentSize(bytes, size), '\0');
  ZSTD_decompress(plain.data(), plain.size(), bytes, size);
  std::string packed(ZSTD_compressBound(plain.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), plain.data(), plain.size(), 19));
  sqlite3_result_blob(context, packed.data(), static_cast<int>(packed.size()), SQLITE_TRANSIENT);
}

/// Flips a bit of the last byte of a compressed part.
void spoil(sqlite3_context* context, int, sqlite3_value** values) {
  const auto size = static_cast<std::size_t>(sqlite3_value_bytes(values[0]));
  const void* bytes = sqlite3_value_blob(values[0]);
  std::string plain(ZSTD_getFrameContentSize(bytes, size), '\0');
  ZSTD_decompress(plain.data(), plain.size(), bytes, size);
  plain.back() = static_cast<char>(plain.back() ^ 1);
  std::string packed(ZSTD_compressBound(plain.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), plain.data(), plain.size(), 1));
  sqlite3_result_blob(context, packed.data(), static_cast<int>(packed.size()), SQLITE_TRANSIENT);
}

class Audit : public testing::Test {
 protected:
  Audit() {
    const std::string medium = std::to_string(raw(demo_.ids().video));
    const auto made = demo_.apply(R"({"by":"anna","name":"box","changes":[{"create":"annotation","value":{"medium":)" +
                                  medium + R"(,"frame":1,"class":"tool","shape":{"box":[1,2,3,4]},"note":"first"}}]})");
    EXPECT_EQ(made.error, "");
    annotation_ = std::to_string(made.created.at(0));
    EXPECT_EQ(demo_
                  .apply(R"({"by":"anna","name":"note","changes":[{"update":"annotation","id":)" + annotation_ +
                         R"(,"value":{"note":"second"}}]})")
                  .error,
              "");
    EXPECT_EQ(demo_
                  .apply(R"({"by":"bert","name":"event","changes":[{"create":"event","value":{"medium":)" + medium +
                         R"(,"class":"tool","begin":1,"end":2}}]})")
                  .error,
              "");
    EXPECT_TRUE(demo_->undo().ok());
    EXPECT_EQ(problemsOf(demo_.project()), "");
  }

  std::string problemsAfter(const std::string& sql) {
    demo_.close();
    sqlite3* connection = nullptr;
    EXPECT_EQ(sqlite3_open(demo_.path().c_str(), &connection), SQLITE_OK);
    sqlite3_create_function(connection, "recompress", 1, SQLITE_UTF8, nullptr, recompress, nullptr, nullptr);
    sqlite3_create_function(connection, "spoil", 1, SQLITE_UTF8, nullptr, spoil, nullptr, nullptr);
    char* message = nullptr;
    EXPECT_EQ(sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, &message), SQLITE_OK) << message;
    EXPECT_GT(sqlite3_total_changes(connection), 0) << sql;
    sqlite3_close(connection);
    demo_.open();
    return problemsOf(demo_.project());
  }

  DemoProject demo_;
  std::string annotation_;
};

TEST_F(Audit, CompressingHistoryAgainBreaksNothing) {
  EXPECT_EQ(problemsAfter("UPDATE edit_part SET content = recompress(content)"), "");
}

TEST_F(Audit, AlteringWhatWasShows) { EXPECT_NE(problemsAfter("UPDATE edit_part SET content = spoil(content)"), ""); }
TEST_F(Audit, AlteringWhoShows) {
  EXPECT_NE(problemsAfter("UPDATE annotator SET name = 'carl' WHERE name = 'bert'"), "");
}
TEST_F(Audit, AlteringWhenShows) {
  EXPECT_NE(problemsAfter("UPDATE edit SET time_ms = time_ms - 1 WHERE name = 'note'"), "");
}
TEST_F(Audit, AlteringAnEditsNameShows) {
  EXPECT_NE(problemsAfter("UPDATE edit SET name = 'box 2' WHERE name = 'box'"), "");
}
TEST_F(Audit, AlteringALabelShows) { EXPECT_NE(problemsAfter("UPDATE annotation SET frame = 2"), ""); }
TEST_F(Audit, DeletingALabelShows) { EXPECT_NE(problemsAfter("DELETE FROM annotation"), ""); }
TEST_F(Audit, AnUndoThatNeverWasShows) {
  EXPECT_NE(problemsAfter("UPDATE edit SET undone = NULL WHERE undone IS NOT NULL"), "");
}
TEST_F(Audit, AMissingRowShows) { EXPECT_NE(problemsAfter("DELETE FROM audit WHERE seq = 3"), ""); }
TEST_F(Audit, AHashOfAnotherRowShows) {
  EXPECT_NE(problemsAfter("UPDATE audit SET hash = (SELECT hash FROM audit WHERE seq = 2) WHERE seq = 3"), "");
}
TEST_F(Audit, ALabelFromOutsideShows) {
  EXPECT_NE(problemsAfter("INSERT INTO mark SELECT 9, uid, reading, medium, 0, 'done' FROM annotation"), "");
}

}  // namespace
}  // namespace fiducial::project::test
