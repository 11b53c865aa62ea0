# What our own code must compile without. Linked by every target of ours; third-party headers are SYSTEM.
add_library(fiducial_warnings INTERFACE)
target_compile_options(fiducial_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion
  $<$<BOOL:${FIDUCIAL_WERROR}>:-Werror>)
