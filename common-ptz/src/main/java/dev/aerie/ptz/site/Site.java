package dev.aerie.ptz.site;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// The cameras of an installation and the ground on which people walk.
///
/// - `cameras`: by unique names
/// - `groundUpMetres`: height of the ground, a level plane
public record Site(List<SiteCamera> cameras, double groundUpMetres) {

    public Site {
        cameras = List.copyOf(cameras);
        var names = new HashSet<String>();
        for (var camera : cameras) {
            if (!names.add(camera.name())) {
                throw new IllegalArgumentException("two cameras are called " + camera.name());
            }
        }
    }

    public Optional<SiteCamera> camera(String name) {
        return cameras.stream().filter(camera -> camera.name().equals(name)).findFirst();
    }

    /// Every camera but this one.
    public List<SiteCamera> others(String name) {
        return cameras.stream().filter(camera -> !camera.name().equals(name)).toList();
    }
}
