#include "directory/intake/codes.h"

#include <gtest/gtest.h>

namespace tocsin::intake {
namespace {

TEST(CodesTest, APersonsCodeIsSurnameAndGivenName) {
  CodeMaker codes("p");
  EXPECT_EQ(codes.code_of_person("石青松"), "shi-qingsong");
  EXPECT_EQ(codes.code_of_person("欧阳雪"), "ouyang-xue");
  EXPECT_EQ(codes.code_of_person("单雄信"), "shan-xiongxin");  // as a surname
  EXPECT_EQ(codes.code_of_person("吕布"), "lu-bu");
  EXPECT_EQ(codes.code_of_person("Ann Reed"), "ann-reed");
  EXPECT_EQ(codes.code_of_person("José Núñez"), "jose-nunez");
  EXPECT_EQ(codes.code_of_person("阿依·古丽"), "a-yiguli");
}

TEST(CodesTest, ACodeThatIsTakenGetsANumber) {
  CodeMaker codes("p");
  codes.take("wang-wei");
  EXPECT_EQ(codes.code_of_person("王伟"), "wang-wei-2");
  EXPECT_EQ(codes.code_of_person("王维"), "wang-wei-3");
  EXPECT_EQ(codes.code_of_person("王伟"), "wang-wei-4");
}

TEST(CodesTest, ANameWithoutLettersGetsANumber) {
  CodeMaker codes("p");
  codes.take("p-0001");
  EXPECT_EQ(codes.code_of_person("？"), "p-0002");
  EXPECT_EQ(codes.code_of_person("119"), "p-0003");
  EXPECT_EQ(codes.code_of_unit("119"), "p-0004");
}

TEST(CodesTest, ALongNameIsCut) {
  CodeMaker codes("u");
  std::string name;
  for (int i = 0; i < 50; ++i) name += "青石";
  const std::string code = codes.code_of_unit(name), other = codes.code_of_unit(name);
  EXPECT_LE(other.size(), 64U);
  EXPECT_EQ(other, code + "-2");
}

}  // namespace
}  // namespace tocsin::intake
