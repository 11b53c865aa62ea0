# Sanitizers of the `asan` preset. Linked by every target of ours, so that no object is built without them.
add_library(fiducial_sanitizers INTERFACE)
if(FIDUCIAL_SANITIZE)
  target_compile_options(fiducial_sanitizers INTERFACE
    -fsanitize=${FIDUCIAL_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(fiducial_sanitizers INTERFACE -fsanitize=${FIDUCIAL_SANITIZE})
endif()
