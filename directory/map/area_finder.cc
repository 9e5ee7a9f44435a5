#include "directory/map/area_finder.h"

#include <tuple>

#include "directory/map/metres.h"

namespace tocsin::map {

AreaFinder::Built& AreaFinder::built() const {
  if (built_) return *built_;
  built_ = std::make_unique<Built>();
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const Place& place = places_[i];
    if (!place.outline.empty() && built_->shapes.add_outline(place.outline)) built_->of_outline.push_back(i);
    if (!place.centre) continue;
    built_->shapes.add_centre(*place.centre);
    built_->of_centre.push_back(i);
  }
  return *built_;
}

std::optional<model::PlaceFound> AreaFinder::find(Position at, double farthest) const {
  const std::lock_guard alone(mutex_);
  Built& all = built();
  std::optional<std::tuple<int, double, std::size_t>> best;  // the least is the innermost
  for (const std::size_t outline : all.shapes.around(at)) {
    const std::size_t place = all.of_outline[outline];
    const std::tuple found(-places_[place].depth, all.shapes.size(outline), place);
    if (!best || found < *best) best = found;
  }
  if (best) return model::PlaceFound{places_[std::get<2>(*best)].id, true, 0};
  const auto nearest = all.shapes.nearest_centre(at);
  if (!nearest) return std::nullopt;
  const Place& place = places_[all.of_centre[*nearest]];
  const double metres = metres_between(at.latitude, at.longitude, place.centre->latitude, place.centre->longitude);
  if (metres > farthest) return std::nullopt;
  return model::PlaceFound{place.id, false, metres};
}

}  // namespace tocsin::map
