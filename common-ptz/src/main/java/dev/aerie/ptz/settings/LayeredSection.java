package dev.aerie.ptz.settings;

import dev.aerie.settings.InvalidSettingException;
import dev.aerie.settings.cameras.JsonSetting;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// An object of one camera before the same object of the whole file: each key counts where it is found first.
record LayeredSection(List<JsonSetting> layers) {

    LayeredSection {
        layers = List.copyOf(layers);
    }

    /// A section of the camera, then that of the file.
    static LayeredSection of(String key, CameraSettings camera, SiteSettings site) {
        return new LayeredSection(Stream.of(camera.section(key), site.section(key))
                .flatMap(Optional::stream)
                .toList());
    }

    /// Throws unless every layer is an object with none but these keys.
    LayeredSection requireKeys(Set<String> keys) {
        layers.forEach(layer -> layer.requireKeys(keys));
        return this;
    }

    Optional<JsonSetting> find(String key) {
        return layers.stream().flatMap(layer -> layer.optional(key).stream()).findFirst();
    }

    double number(String key, double min, double max, double otherwise) {
        return find(key).map(field -> field.number(min, max)).orElse(otherwise);
    }

    LayeredSection nested(String key, Set<String> keys) {
        return new LayeredSection(layers.stream()
                        .flatMap(layer -> layer.optional(key).stream())
                        .toList())
                .requireKeys(keys);
    }

    /// What `made` makes of values that are each allowed; where they do not go together, the
    /// [InvalidSettingException] that names this section and says why.
    <T> T checked(Supplier<T> made) {
        try {
            return made.get();
        } catch (InvalidSettingException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw layers.isEmpty() ? e : layers.getFirst().refused("values that go together: " + e.getMessage());
        }
    }
}
