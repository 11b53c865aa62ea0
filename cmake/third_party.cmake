# Finds every third-party library (third_party/README.md says what each is for). All are imported targets, so their
# include folders are SYSTEM and their warnings are not ours.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_package(BZip2 REQUIRED)
find_package(PNG REQUIRED)
find_package(TIFF REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(nlohmann_json 3.11 CONFIG REQUIRED)
find_package(simdjson CONFIG REQUIRED)
find_package(CLI11 2.1 CONFIG REQUIRED)
find_package(fmt 9 CONFIG REQUIRED)
find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets Svg Test)

pkg_check_modules(xxhash REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(deflate REQUIRED IMPORTED_TARGET libdeflate)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(exif REQUIRED IMPORTED_TARGET libexif)
pkg_check_modules(openjp2 REQUIRED IMPORTED_TARGET libopenjp2>=2.5)
pkg_check_modules(ffmpeg REQUIRED IMPORTED_TARGET libavformat>=59 libavcodec>=59 libavutil>=57 libswscale>=6)

# The OpenCV module packages carry no CMake configuration of their own (only the meta package does).
find_path(OPENCV_INCLUDE_DIR opencv2/core.hpp PATH_SUFFIXES opencv4 REQUIRED)
foreach(module core imgproc imgcodecs)
  find_library(OPENCV_${module}_LIBRARY opencv_${module} REQUIRED)
  add_library(opencv::${module} UNKNOWN IMPORTED)
  set_target_properties(opencv::${module} PROPERTIES
    IMPORTED_LOCATION ${OPENCV_${module}_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${OPENCV_INCLUDE_DIR})
endforeach()

get_filename_component(OPENCV_imgcodecs_RUNTIME_NAME ${OPENCV_imgcodecs_LIBRARY} REALPATH)
get_filename_component(OPENCV_imgcodecs_RUNTIME_NAME ${OPENCV_imgcodecs_RUNTIME_NAME} NAME)

# DCMTK's exported targets of 3.6.7 name build paths on some distributions, so its libraries are found one by one.
find_path(DCMTK_INCLUDE_DIR dcmtk/config/osconfig.h REQUIRED)
add_library(fiducial_dcmtk INTERFACE IMPORTED)
set_target_properties(fiducial_dcmtk PROPERTIES INTERFACE_INCLUDE_DIRECTORIES ${DCMTK_INCLUDE_DIR})
foreach(library dcmjpeg dcmjpls dcmimage dcmimgle dcmdata oflog ofstd)
  find_library(DCMTK_${library}_LIBRARY ${library} REQUIRED)
  set_property(TARGET fiducial_dcmtk APPEND PROPERTY INTERFACE_LINK_LIBRARIES ${DCMTK_${library}_LIBRARY})
endforeach()
set_property(TARGET fiducial_dcmtk APPEND PROPERTY INTERFACE_LINK_LIBRARIES Threads::Threads)

# Libraries a program asks for and never calls are dropped: each one costs start-up time.
add_link_options(-Wl,--as-needed)
