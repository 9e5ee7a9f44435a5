#include "directory/map/shapes.h"

#include <geos_c.h>

#include <cmath>
#include <cstdio>
#include <deque>
#include <string>

namespace tocsin::map {
namespace {

constexpr double kRadians = 3.14159265358979323846 / 180.0;
constexpr std::size_t kNodeCapacity = 10;  // of an STR tree; GEOS recommends it

struct Context {
  Context() : handle(GEOS_init_r()) {
    GEOSContext_setErrorMessageHandler_r(
        handle, [](const char* text, void* self) { static_cast<Context*>(self)->said = text; }, this);
  }
  ~Context() { GEOS_finish_r(handle); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  GEOSContextHandle_t handle;
  std::string said;  // the last error
};

struct GeometryEnd {
  GEOSContextHandle_t handle;
  void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(handle, geometry); }
};
struct PreparedEnd {
  GEOSContextHandle_t handle;
  void operator()(const GEOSPreparedGeometry* prepared) const { GEOSPreparedGeom_destroy_r(handle, prepared); }
};
struct TreeEnd {
  GEOSContextHandle_t handle;
  void operator()(GEOSSTRtree* tree) const { GEOSSTRtree_destroy_r(handle, tree); }
};
using GeometryPtr = std::unique_ptr<GEOSGeometry, GeometryEnd>;
using TreePtr = std::unique_ptr<GEOSSTRtree, TreeEnd>;

struct Outline {
  std::size_t place;
  GeometryPtr geometry;
  std::unique_ptr<const GEOSPreparedGeometry, PreparedEnd> prepared;  // refers to it
};
struct Centre {
  std::size_t place;
  Position at;
  GeometryPtr point;  // of the plane below
};

}  // namespace

class Shapes::Inside {
 public:
  [[nodiscard]] GeometryPtr owned(GEOSGeometry* geometry) const { return {geometry, {context.handle}}; }
  [[nodiscard]] GeometryPtr point(double x, double y) const {
    return owned(GEOSGeom_createPointFromXY_r(context.handle, x, y));
  }
  [[nodiscard]] GeometryPtr point(Position at) const { return point(at.longitude, at.latitude); }
  [[nodiscard]] TreePtr tree() const { return {GEOSSTRtree_create_r(context.handle, kNodeCapacity), {context.handle}}; }
  // "Self-intersection at 118.63, 35.31"; empty when it is valid.
  [[nodiscard]] std::string fault_of(const GEOSGeometry* geometry) const {
    char* reason = nullptr;
    GEOSGeometry* where = nullptr;
    if (GEOSisValidDetail_r(context.handle, geometry, 0, &reason, &where) == 1) return {};
    const GeometryPtr location = owned(where);
    std::string fault = reason == nullptr ? context.said : reason;
    GEOSFree_r(context.handle, reason);
    double x = 0, y = 0;
    if (location && GEOSGeomGetX_r(context.handle, location.get(), &x) == 1 &&
        GEOSGeomGetY_r(context.handle, location.get(), &y) == 1) {
      char text[80];
      std::snprintf(text, sizeof text, " at longitude %.6f, latitude %.6f", x, y);
      fault += text;
    }
    return fault;
  }
  // Degrees of longitude as long as those of latitude, in the middle of the centres: near enough to tell which centre
  // is the nearest of a town's.
  [[nodiscard]] GeometryPtr on_plane(Position at) const { return point(at.longitude * narrow, at.latitude); }

  // Built when they are asked for first.
  void build_outline_tree() {
    if (outline_tree) return;
    outline_tree = tree();
    for (Outline& one : outlines) GEOSSTRtree_insert_r(context.handle, outline_tree.get(), one.geometry.get(), &one);
  }
  void build_centre_tree() {
    if (centre_tree) return;
    double sum = 0;
    for (const Centre& one : centres) sum += one.at.latitude;
    narrow = std::cos(sum / static_cast<double>(centres.size()) * kRadians);
    centre_tree = tree();
    for (Centre& one : centres) {
      one.point = on_plane(one.at);
      GEOSGeom_setUserData_r(context.handle, one.point.get(), &one);
      GEOSSTRtree_insert_r(context.handle, centre_tree.get(), one.point.get(), one.point.get());
    }
  }

  Context context;
  std::deque<Outline> outlines;
  std::deque<Centre> centres;
  double narrow = 1;
  TreePtr outline_tree{nullptr, {nullptr}}, centre_tree{nullptr, {nullptr}};
};

Shapes::Shapes() : inside_(std::make_unique<Inside>()) {}
Shapes::~Shapes() = default;

base::Result<std::size_t> Shapes::add_outline(std::string_view geometry) {
  GEOSContextHandle_t handle = inside_->context.handle;
  GEOSGeoJSONReader* reader = GEOSGeoJSONReader_create_r(handle);
  inside_->context.said.clear();
  GeometryPtr read = inside_->owned(GEOSGeoJSONReader_readGeometry_r(handle, reader, std::string(geometry).c_str()));
  GEOSGeoJSONReader_destroy_r(handle, reader);
  if (!read) return base::invalid(inside_->context.said.empty() ? "no geometry" : inside_->context.said);
  const int type = GEOSGeomTypeId_r(handle, read.get());
  if (type != GEOS_POLYGON && type != GEOS_MULTIPOLYGON) return base::invalid("neither a Polygon nor a MultiPolygon");
  if (GEOSisEmpty_r(handle, read.get()) != 0) return base::invalid("it is empty");
  if (const std::string fault = inside_->fault_of(read.get()); !fault.empty()) return base::invalid(fault);
  const std::size_t place = inside_->outlines.size();
  const GEOSPreparedGeometry* prepared = GEOSPrepare_r(handle, read.get());
  inside_->outlines.push_back({place, std::move(read), {prepared, {handle}}});
  inside_->outline_tree.reset();
  return place;
}

std::size_t Shapes::add_centre(Position at) {
  inside_->centre_tree.reset();
  inside_->centres.push_back({inside_->centres.size(), at, {nullptr, {inside_->context.handle}}});
  return inside_->centres.size() - 1;
}

Shapes::Box Shapes::box(std::size_t outline) const {
  GEOSContextHandle_t handle = inside_->context.handle;
  const GEOSGeometry* geometry = inside_->outlines[outline].geometry.get();
  Box box;
  GEOSGeom_getXMin_r(handle, geometry, &box.west);
  GEOSGeom_getXMax_r(handle, geometry, &box.east);
  GEOSGeom_getYMin_r(handle, geometry, &box.south);
  GEOSGeom_getYMax_r(handle, geometry, &box.north);
  return box;
}

double Shapes::size(std::size_t outline) const {
  double area = 0;
  GEOSArea_r(inside_->context.handle, inside_->outlines[outline].geometry.get(), &area);
  return area;
}

double Shapes::share_outside(std::size_t outline, std::size_t other) const {
  GEOSContextHandle_t handle = inside_->context.handle;
  const GeometryPtr rest = inside_->owned(
      GEOSDifference_r(handle, inside_->outlines[outline].geometry.get(), inside_->outlines[other].geometry.get()));
  double outside = 0;
  if (rest) GEOSArea_r(handle, rest.get(), &outside);
  const double whole = size(outline);
  return whole > 0 ? outside / whole : 0;
}

bool Shapes::holds(std::size_t outline, Position at) const {
  const GeometryPtr here = inside_->point(at);
  return here &&
         GEOSPreparedIntersects_r(inside_->context.handle, inside_->outlines[outline].prepared.get(), here.get()) == 1;
}

std::vector<std::size_t> Shapes::around(Position at) const {
  std::vector<std::size_t> found;
  const GeometryPtr here = inside_->point(at);
  if (!here || inside_->outlines.empty()) return found;
  inside_->build_outline_tree();
  std::vector<const Outline*> near;  // those whose box holds it
  GEOSSTRtree_query_r(
      inside_->context.handle, inside_->outline_tree.get(), here.get(),
      [](void* item, void* all) {
        static_cast<std::vector<const Outline*>*>(all)->push_back(static_cast<const Outline*>(item));
      },
      &near);
  for (const Outline* one : near) {
    if (GEOSPreparedIntersects_r(inside_->context.handle, one->prepared.get(), here.get()) == 1) {
      found.push_back(one->place);
    }
  }
  return found;
}

std::optional<std::size_t> Shapes::nearest_centre(Position to) const {
  if (inside_->centres.empty()) return std::nullopt;
  inside_->build_centre_tree();
  const GeometryPtr here = inside_->on_plane(to);
  if (!here) return std::nullopt;
  const GEOSGeometry* found = GEOSSTRtree_nearest_r(inside_->context.handle, inside_->centre_tree.get(), here.get());
  if (found == nullptr) return std::nullopt;
  return static_cast<const Centre*>(GEOSGeom_getUserData_r(inside_->context.handle, found))->place;
}

}  // namespace tocsin::map
