#include "gateway/app/cli.h"

int main(int argc, char** argv) {
  return tocsin::app::run_cli(argc, argv);
}
