#include "brick_table.h"

#include <algorithm>
#include <cstring>

#include "compression.h"

namespace fiducial::project {
namespace {

bool isFull(const Brick& brick) {
  return std::ranges::all_of(brick.rows, [](std::uint32_t row) { return row == 0xFFFFFFFFU; });
}

BrickPointer fullBrick() {
  static const BrickPointer full = [] {
    auto brick = std::make_shared<Brick>();
    brick->rows.fill(0xFFFFFFFFU);
    return brick;
  }();
  return full;
}

Error damagedBrick(const Database& database, const BrickPlace& place) {
  return {ErrorCode::Damaged,
          "a brick of segmentation " + std::to_string(raw(place.segmentation)) + " does not decode to 4096 bytes",
          database.path().string(), "run verify, or go back to a backup"};
}

/// The content column of the current row; null if it is damaged or empty.
BrickPointer readContent(const Statement& statement, int column) {
  if (statement.isNull(column)) return fullBrick();
  const auto bytes = decompress(statement.blob(column), kBrickBytes);
  return bytes ? brickFrom(*bytes) : nullptr;
}

Statement& bindPlace(Statement& statement, const BrickPlace& place) {
  return statement.bind(raw(place.segmentation))
      .bind(place.time)
      .bind(place.index.bk)
      .bind(place.index.bj)
      .bind(place.index.bi);
}

}  // namespace

BrickPointer brickFrom(std::string_view bytes) {
  if (bytes.size() != kBrickBytes) return nullptr;
  auto brick = std::make_shared<Brick>();
  std::memcpy(brick->rows.data(), bytes.data(), kBrickBytes);
  if (brick->isEmpty()) return nullptr;
  return brick;
}

BrickPointer difference(const BrickPointer& a, const BrickPointer& b) {
  if (!a) return b;
  if (!b) return a;
  auto result = std::make_shared<Brick>(*a);
  for (std::size_t i = 0; i < result->rows.size(); ++i) result->rows[i] ^= b->rows[i];
  if (result->isEmpty()) return nullptr;
  return result;
}

Result<BrickPointer> findBrick(Database& database, const BrickPlace& place) {
  Statement& statement =
      bindPlace(database.prepared(
                    "SELECT content FROM brick WHERE segmentation = ? AND time = ? AND bk = ? AND bj = ? AND bi = ?"),
                place);
  if (!statement.step()) {
    if (statement.failed()) return database.lastError("read the project");
    return BrickPointer();
  }
  BrickPointer brick = readContent(statement, 0);
  statement.reset();
  if (!brick) return damagedBrick(database, place);
  return brick;
}

Status writeBrick(Database& database, const BrickPlace& place, const BrickPointer& brick) {
  Statement& erase = bindPlace(
      database.prepared("DELETE FROM brick WHERE segmentation = ? AND time = ? AND bk = ? AND bj = ? AND bi = ?"),
      place);
  if (!erase.run()) return database.lastError("write the project");
  if (!brick || brick->isEmpty()) return {};
  Statement& insert = bindPlace(
      database.prepared("INSERT INTO brick (segmentation, time, bk, bj, bi, content) VALUES (?, ?, ?, ?, ?, ?)"),
      place);
  std::string content;
  if (isFull(*brick)) {
    insert.bindNull();
  } else {
    content = compress(bytesOf(*brick));
    insert.bindBlob(content);
  }
  if (!insert.run()) return database.lastError("write the project");
  return {};
}

Result<std::vector<BrickContent>> bricksOf(Database& database, SegmentationId segmentation, std::optional<int> time) {
  Statement& statement = database.prepared(
      "SELECT time, bi, bj, bk, content FROM brick WHERE segmentation = ?1 AND (?2 IS NULL OR time = ?2) "
      "ORDER BY time, bk, bj, bi");
  statement.bind(raw(segmentation));
  time ? statement.bind(*time) : statement.bindNull();
  std::vector<BrickContent> bricks;
  while (statement.step()) {
    const auto coordinate = [&](int column) { return static_cast<int>(statement.number(column)); };
    BrickContent content{
        segmentation, coordinate(0), {coordinate(1), coordinate(2), coordinate(3)}, readContent(statement, 4)};
    if (!content.brick) return damagedBrick(database, placeOf(content));
    bricks.push_back(std::move(content));
  }
  if (statement.failed()) return database.lastError("read the project");
  return bricks;
}

}  // namespace fiducial::project
