# Themes, icons and schemas, compiled into the window's library: ":/themes/dark.json", ":/icons/box.svg", ...
file(GLOB ui_resources CONFIGURE_DEPENDS
  ${PROJECT_SOURCE_DIR}/resources/themes/*.json
  ${PROJECT_SOURCE_DIR}/resources/icons/*.svg
  ${PROJECT_SOURCE_DIR}/resources/schemas/*.json)
if(ui_resources)
  qt_add_resources(fiducial_ui fiducial PREFIX "/" BASE ${PROJECT_SOURCE_DIR}/resources FILES ${ui_resources})
endif()
