# fiducial_module(media LINKS core runtime PRIVATE_LINKS ZLIB::ZLIB PRECOMPILE <nlohmann/json.hpp>)
#   A module: the static library fiducial_<name> of src/<name>/**.cpp. Its public headers stand in
#   include/fiducial/<name>, seen through a folder of its own in the build, so that a target sees only the headers of
#   the modules it links and an upward include does not compile.
# fiducial_program(fiducial-cli SOURCES src/cli LINKS core PRIVATE_LINKS fmt::fmt)
#   A program: bin/<name>. Left out as long as its folder has no sources.

set(FIDUCIAL_STD_HEADERS
  <algorithm> <array> <atomic> <chrono> <cmath> <condition_variable> <cstddef> <cstdint> <cstring> <filesystem>
  <functional> <limits> <map> <memory> <mutex> <numeric> <optional> <span> <stop_token> <string> <string_view>
  <thread> <tuple> <type_traits> <unordered_map> <utility> <variant> <vector>)

# One precompiled header of standard headers serves every target: they are all compiled with the same flags, and making
# one for each of them took longer than it saved.
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/std_headers.cpp CONTENT "// Owns the precompiled standard headers.\n")
add_library(fiducial_std_headers STATIC ${PROJECT_BINARY_DIR}/std_headers.cpp)
target_link_libraries(fiducial_std_headers PRIVATE fiducial_warnings fiducial_sanitizers)
if(FIDUCIAL_PCH)
  target_precompile_headers(fiducial_std_headers PRIVATE ${FIDUCIAL_STD_HEADERS})
endif()

# fiducial_target(<target> [<header>...] [REUSE <target>]): what every target of ours has in common. Headers of third
# parties give it a precompiled header of its own.
function(fiducial_target target)
  cmake_parse_arguments(arg "" "REUSE" "" ${ARGN})
  target_link_libraries(${target} PRIVATE fiducial_warnings fiducial_sanitizers)
  if(NOT FIDUCIAL_PCH)
    return()
  endif()
  if(arg_REUSE)
    target_precompile_headers(${target} REUSE_FROM ${arg_REUSE})
  elseif(arg_UNPARSED_ARGUMENTS)
    target_precompile_headers(${target} PRIVATE ${FIDUCIAL_STD_HEADERS} ${arg_UNPARSED_ARGUMENTS})
  else()
    target_precompile_headers(${target} REUSE_FROM fiducial_std_headers)
  endif()
endfunction()

function(fiducial_module name)
  cmake_parse_arguments(arg "" "" "LINKS;PRIVATE_LINKS;PRECOMPILE" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${name}/*.cpp)
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS
    ${PROJECT_SOURCE_DIR}/include/fiducial/${name}/*.h ${PROJECT_SOURCE_DIR}/src/${name}/*.h)
  if(NOT sources)  # a module of headers only
    set(sources ${PROJECT_BINARY_DIR}/headers/${name}/${name}.cpp)
    file(CONFIGURE OUTPUT ${sources} CONTENT "// Module ${name} has headers only.\n")
  endif()

  set(view ${PROJECT_BINARY_DIR}/headers/${name})
  file(MAKE_DIRECTORY ${view}/fiducial)
  file(CREATE_LINK ${PROJECT_SOURCE_DIR}/include/fiducial/${name} ${view}/fiducial/${name} SYMBOLIC)

  add_library(fiducial_${name} STATIC ${sources} ${headers})
  target_include_directories(fiducial_${name} PUBLIC ${view} PRIVATE ${PROJECT_SOURCE_DIR}/src/${name})
  target_compile_definitions(fiducial_${name} PRIVATE FIDUCIAL_VERSION="${PROJECT_VERSION}")
  list(TRANSFORM arg_LINKS PREPEND fiducial_)
  target_link_libraries(fiducial_${name} PUBLIC ${arg_LINKS} PRIVATE ${arg_PRIVATE_LINKS})
  # The module's tests may write and read the same third-party formats (tests/CMakeLists.txt).
  set_property(TARGET fiducial_${name} PROPERTY FIDUCIAL_PRIVATE_LINKS ${arg_PRIVATE_LINKS})
  if("Qt6::Widgets" IN_LIST arg_PRIVATE_LINKS)
    set_target_properties(fiducial_${name} PROPERTIES AUTOMOC ON)
    target_compile_definitions(fiducial_${name} PRIVATE QT_NO_KEYWORDS QT_NO_CAST_TO_ASCII)
  endif()
  fiducial_target(fiducial_${name} ${arg_PRECOMPILE})
endfunction()

function(fiducial_program name)
  cmake_parse_arguments(arg "" "SOURCES" "LINKS;PRIVATE_LINKS;PRECOMPILE" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${arg_SOURCES}/*.cpp)
  if(NOT sources)
    message(STATUS "${name}: no sources in ${arg_SOURCES}, left out")
    return()
  endif()
  add_executable(${name} ${sources})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/${arg_SOURCES})
  target_compile_definitions(${name} PRIVATE FIDUCIAL_VERSION="${PROJECT_VERSION}")
  list(TRANSFORM arg_LINKS PREPEND fiducial_)
  target_link_libraries(${name} PRIVATE ${arg_LINKS} ${arg_PRIVATE_LINKS})
  if("Qt6::Widgets" IN_LIST arg_PRIVATE_LINKS)
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
  endif()
  fiducial_target(${name} ${arg_PRECOMPILE})
endfunction()
