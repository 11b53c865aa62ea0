#include "json_text.h"

#include <nlohmann/json.hpp>

namespace fiducial::cli {

std::string jsonText(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string jsonText(const std::vector<std::string>& texts) {
  std::string all = "[";
  for (const std::string& text : texts) {
    if (all.size() > 1) all += ',';
    all += jsonText(text);
  }
  return all + ']';
}

std::string withFirstMember(std::string_view member, std::string_view object) {
  const std::string_view rest = object.substr(1);
  return "{" + std::string(member) + (rest.starts_with('}') ? "" : ",") + std::string(rest);
}

}  // namespace fiducial::cli
