#include "adapters/https/problems.h"

#include <array>
#include <string>

#include "adapters/https/json_out.h"

namespace tocsin::https {
namespace {

using base::ErrorCode;

// In the order of the enum.
constexpr std::array<ProblemInfo, 24> kProblems{{
    {Problem::kInvalidRequest, "invalid-request", 400, "The request cannot be read", "请求无法读取"},
    {Problem::kUnauthorized, "unauthorized", 401, "A valid token is needed", "需要有效的令牌"},
    {Problem::kForbidden, "forbidden", 403, "This token may not do that", "该令牌无此权限"},
    {Problem::kSignInFailed, "sign-in-failed", 403, "The sign-in failed", "登录失败"},
    {Problem::kWrongCode, "wrong-code", 403, "The code is wrong or too old", "验证码错误或已过期"},
    {Problem::kNotFound, "not-found", 404, "There is no such thing", "不存在"},
    {Problem::kMethodNotAllowed, "method-not-allowed", 405, "The resource does not know this method",
     "该资源不支持此方法"},
    {Problem::kTooSlow, "too-slow", 408, "The request did not arrive in time", "请求未在时限内到齐"},
    {Problem::kConflict, "conflict", 409, "It differs from what is already there", "与已有内容冲突"},
    {Problem::kRefused, "refused", 409, "It cannot be done, now or later", "无法执行"},
    {Problem::kChanged, "changed", 412, "It has changed since it was read", "内容在读取后已有变化"},
    {Problem::kTooLarge, "too-large", 413, "The body is too large", "请求体过大"},
    {Problem::kTargetTooLong, "target-too-long", 414, "The request line is too long", "请求行过长"},
    {Problem::kUnsupportedType, "unsupported-type", 415, "The body is of a type not taken here", "不支持该请求体类型"},
    {Problem::kMisdirected, "misdirected", 421, "This server does not answer for that name", "本服务器不应答该名称"},
    {Problem::kInvalidField, "invalid-field", 422, "A field is wrong", "字段有误"},
    {Problem::kPlanRefused, "plan-refused", 422, "The plan cannot be put in force", "预案不能启用"},
    {Problem::kDirectoryRefused, "directory-refused", 422, "The directory cannot be changed so", "目录不能这样改动"},
    {Problem::kVersionNeeded, "version-needed", 428, "It must say which version it changes", "须说明改的是哪个版本"},
    {Problem::kTooManyRequests, "too-many-requests", 429, "Too many at once, wait a little", "请求过于频繁，请稍候"},
    {Problem::kHeadersTooLarge, "headers-too-large", 431, "The headers are too large", "请求头过大"},
    {Problem::kInternal, "internal", 500, "An error inside the server", "服务器内部错误"},
    {Problem::kRetryLater, "retry-later", 503, "Not possible right now, try again", "暂时无法处理，请重试"},
    {Problem::kOverloaded, "overloaded", 503, "Too busy right now, try again", "当前繁忙，请重试"},
}};

}  // namespace

std::span<const ProblemInfo> all_problems() {
  return kProblems;
}

const ProblemInfo& info(Problem problem) {
  return kProblems[static_cast<std::size_t>(problem)];
}

Problem problem_of(const base::Error& error) {
  switch (error.code) {
    case ErrorCode::kInvalid: return error.field.empty() ? Problem::kInvalidRequest : Problem::kInvalidField;
    case ErrorCode::kNotFound: return Problem::kNotFound;
    case ErrorCode::kConflict: return Problem::kConflict;
    case ErrorCode::kChanged: return Problem::kChanged;
    case ErrorCode::kForbidden: return Problem::kForbidden;
    case ErrorCode::kRetryLater: return Problem::kRetryLater;
    case ErrorCode::kRefused: return Problem::kRefused;
    case ErrorCode::kCorrupt:
    case ErrorCode::kInternal: break;
  }
  return Problem::kInternal;
}

HttpResponse problem_response(Problem problem, std::string_view detail, std::string_view field,
                              std::string_view language) {
  const ProblemInfo& row = info(problem);
  HttpResponse response;
  response.status = row.status;
  response.content_type = "application/problem+json";
  response.body = problem_json(row, detail, field, language);
  if (row.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"tocsin\"");
  if (row.status == 503) response.headers.emplace_back("Retry-After", std::to_string(kRetryAfterSeconds));
  return response;
}

HttpResponse problem_response(const base::Error& error, std::string_view language) {
  const Problem problem = problem_of(error);
  if (problem == Problem::kInternal) return problem_response(problem, {}, {}, language);
  return problem_response(problem, error.message, error.field, language);
}

}  // namespace tocsin::https
