package dev.aerie.cli.deploy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Manifests as fabric8's types of the Kubernetes API understand them. A value of a wrong type is an exception there;
/// a field that the API does not have would be kept silently, and is a fault here.
final class StrictManifests {

    private static final KubernetesSerialization TYPES = new KubernetesSerialization();
    private static final String UNKNOWN = "getAdditionalProperties";

    private StrictManifests() {}

    /// The resources of `yaml`, documents apart by `---`. Throws [IllegalArgumentException] with each fault.
    static List<HasMetadata> parse(String yaml) {
        Object parsed = TYPES.unmarshal(yaml);
        var resources = (parsed instanceof Collection<?> many ? many : List.of(parsed))
                .stream().map(HasMetadata.class::cast).toList();
        var faults = new ArrayList<String>();
        for (HasMetadata resource : resources) {
            walk(resource, resource.getKind() + " " + resource.getMetadata().getName(), faults);
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
        return List.copyOf(resources);
    }

    private static void walk(Object value, String path, List<String> faults) {
        switch (value) {
            case Collection<?> many -> many.forEach(one -> walk(one, path + "[]", faults));
            case Map<?, ?> map -> map.forEach((key, one) -> walk(one, path + "." + key, faults));
            case KubernetesResource resource -> walkGetters(resource, path, faults);
            default -> {}
        }
    }

    private static void walkGetters(KubernetesResource resource, String path, List<String> faults) {
        Arrays.stream(resource.getClass().getMethods())
                .filter(method -> method.getParameterCount() == 0
                        && method.getName().startsWith("get")
                        && method.getDeclaringClass() != Object.class)
                .forEach(getter -> {
                    Object value = call(getter, resource);
                    if (getter.getName().equals(UNKNOWN)) {
                        ((Map<?, ?>) value).keySet().forEach(key -> faults.add(path + ": no field " + key));
                    } else if (value != null) {
                        walk(value, path + "." + getter.getName().substring(3), faults);
                    }
                });
    }

    private static Object call(Method getter, Object target) {
        try {
            return getter.invoke(target);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
