# tocsin_library(NAME SOURCES a.cc ... [PUBLIC libs] [PRIVATE libs]): one room, target tocsin_NAME.
# tocsin_interface(NAME [PUBLIC libs]): a room of headers only.
# tocsin_asio(a.cc ...): sources of this folder that include Asio.
# tocsin_test(NAME SOURCES a_test.cc ... [LINKS libs] [LABELS ...] [OPTIMISED]): one GoogleTest program; OPTIMISED: its
# own code does work that takes long.

add_library(tocsin_flags INTERFACE)
target_include_directories(tocsin_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(tocsin_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Woverloaded-virtual -Werror
  -fno-omit-frame-pointer)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports these inside the standard library at -O2 (GCC bugs 105651, 105329).
  target_compile_options(tocsin_flags INTERFACE -Wno-restrict -Wno-missing-field-initializers)
else()
  target_compile_options(tocsin_flags INTERFACE -Wno-missing-field-initializers)
endif()
if(TOCSIN_SANITIZE)
  target_compile_options(tocsin_flags INTERFACE -fsanitize=${TOCSIN_SANITIZE} -fno-sanitize-recover=all)
  target_link_options(tocsin_flags INTERFACE -fsanitize=${TOCSIN_SANITIZE})
endif()
if(TOCSIN_SANITIZE MATCHES thread)
  # GCC's thread sanitizer does not know stand-alone fences; Asio's queues are locked without them too.
  target_compile_definitions(tocsin_flags INTERFACE ASIO_DISABLE_FENCED_BLOCK)
  # With its own loads and stores in between, g++ 12 takes an engaged std::optional for uninitialized.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(tocsin_flags INTERFACE -Wno-maybe-uninitialized)
  endif()
endif()
if(NOT TOCSIN_PLANTED_FAULT EQUAL 0)
  target_compile_definitions(tocsin_flags INTERFACE TOCSIN_PLANTED_FAULT=${TOCSIN_PLANTED_FAULT})
endif()

# Eight sources at a time read the same headers once: a quarter of the time.  There a file's own names meet those of
# seven others.  `alone`: sources with names that another has as well.
function(tocsin_together target alone)
  if(TOCSIN_SANITIZE AND NOT TOCSIN_FUZZ)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
    set_source_files_properties(${alone} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
  endif()
endfunction()

# TOGETHER: the sources may be compiled together (tocsin_together), but for those ALONE.
function(tocsin_library NAME)
  cmake_parse_arguments(ARG "TOGETHER" "" "SOURCES;ALONE;PUBLIC;PRIVATE" ${ARGN})
  add_library(tocsin_${NAME} STATIC ${ARG_SOURCES} ${ARG_ALONE})
  target_link_libraries(tocsin_${NAME} PUBLIC tocsin_flags ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
  if(ARG_TOGETHER)
    tocsin_together(tocsin_${NAME} "${ARG_ALONE}")
  endif()
endfunction()

# Asio asks the headers read before it whether there is std::aligned_alloc: two sources that do not agree would free by
# one allocator what the other gave.  None of them asks.
function(tocsin_asio)
  set_source_files_properties(${ARGN} PROPERTIES COMPILE_DEFINITIONS ASIO_DISABLE_STD_ALIGNED_ALLOC)
endfunction()

function(tocsin_interface NAME)
  cmake_parse_arguments(ARG "" "" "PUBLIC" ${ARGN})
  add_library(tocsin_${NAME} INTERFACE)
  target_link_libraries(tocsin_${NAME} INTERFACE tocsin_flags ${ARG_PUBLIC})
endfunction()

# ALONE: as of tocsin_library.
function(tocsin_test NAME)
  cmake_parse_arguments(ARG "OPTIMISED" "" "SOURCES;ALONE;LINKS;LABELS" ${ARGN})
  add_executable(${NAME} ${ARG_SOURCES} ${ARG_ALONE})
  # Half of a sanitizer build is the tests' own code.  What they test stays optimised and whole; their own objects and
  # pointers are watched by ASan and TSan, and the checks that cost most to compile are left out.
  if(TOCSIN_SANITIZE AND NOT ARG_OPTIMISED)
    target_compile_options(${NAME} PRIVATE -O0 -fno-sanitize=null,alignment,object-size,vptr)
  endif()
  tocsin_together(${NAME} "${ARG_ALONE}")
  target_link_libraries(${NAME} PRIVATE tocsin_flags ${ARG_LINKS} GTest::gmock GTest::gtest_main)
  target_compile_definitions(${NAME} PRIVATE TOCSIN_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  # tests_LABEL builds every program that carries a label: `./dev test` needs only some of them per preset.
  foreach(label ${ARG_LABELS})
    if(NOT TARGET tests_${label})
      add_custom_target(tests_${label})
    endif()
    add_dependencies(tests_${label} ${NAME})
  endforeach()
  gtest_discover_tests(${NAME} DISCOVERY_MODE PRE_TEST)
  # gtest_discover_tests flattens a list of labels (the second would be read as the next property), so labels and
  # timeout are set by a script of our own that ctest reads behind the list of found tests.
  file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/${NAME}_properties.cmake
    "foreach(test IN LISTS ${NAME}_TESTS)\n"
    "  set_tests_properties(\"\${test}\" PROPERTIES LABELS \"${ARG_LABELS}\" TIMEOUT 300)\n"
    "endforeach()\n")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${CMAKE_CURRENT_BINARY_DIR}/${NAME}_properties.cmake)
endfunction()
