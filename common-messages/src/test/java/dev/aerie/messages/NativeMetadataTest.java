package dev.aerie.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// A native image knows by reflection only what its jars name: every record, enum and converter that JSON is bound to.
/// The file is written with `-Daerie.golden=write`.
class NativeMetadataTest {

    private static final Path FILE =
            Path.of("src/main/resources/META-INF/native-image/dev.aerie/common-messages/reachability-metadata.json");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void metadata_namesEverythingThatMessagesAreBoundTo() throws IOException {
        var bound = new TreeSet<String>();
        for (MessageType type : MessageType.values()) {
            collect(type.record(), bound);
        }
        for (Class<?> nested : Messages.class.getDeclaredClasses()) {
            collect(nested, bound);
        }
        if ("write".equals(System.getProperty("aerie.golden"))) {
            write(bound);
        }

        var named = new ArrayList<String>();
        JSON.readTree(FILE.toFile())
                .path("reflection")
                .forEach(entry -> named.add(entry.path("type").textValue()));

        assertThat(named).containsExactlyElementsOf(bound);
        assertThat(bound)
                .contains(
                        Envelope.class.getName(),
                        FrameResult.class.getName(),
                        WorkerStatus.State.class.getName(),
                        Messages.class.getName() + "$SchemaOnly");
    }

    private static void write(Set<String> types) throws IOException {
        var entries = new ArrayList<String>();
        for (String type : types) {
            entries.add(JSON.writeValueAsString(Map.of("type", type))
                    .replace(
                            "}",
                            ",\"allDeclaredConstructors\":true,\"allDeclaredMethods\":true,"
                                    + "\"allDeclaredFields\":true}"));
        }
        Files.createDirectories(FILE.getParent());
        Files.writeString(FILE, "{\"reflection\":[\n" + String.join(",\n", entries) + "\n]}\n");
    }

    /// Adds a type of ours and what JSON is bound to through it.
    private static void collect(Type type, Set<String> bound) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                collect(argument, bound);
            }
        } else if (type instanceof Class<?> ofArray && ofArray.isArray()) {
            collect(ofArray.componentType(), bound);
        } else if (type instanceof Class<?> ours
                && ours.getName().startsWith("dev.aerie.")
                && bound.add(ours.getName())) {
            collectMembers(ours, bound);
        }
    }

    private static void collectMembers(Class<?> ours, Set<String> bound) {
        if (ours.isSealed()) {
            List.of(ours.getPermittedSubclasses()).forEach(permitted -> collect(permitted, bound));
        }
        if (ours.isRecord()) {
            for (RecordComponent component : ours.getRecordComponents()) {
                collect(component.getGenericType(), bound);
                converters(component.getAccessor(), bound);
            }
        }
    }

    private static void converters(AnnotatedElement accessor, Set<String> bound) {
        var writer = accessor.getAnnotation(JsonSerialize.class);
        if (writer != null) {
            bound.add(writer.using().getName());
        }
        var reader = accessor.getAnnotation(JsonDeserialize.class);
        if (reader != null) {
            bound.add(reader.using().getName());
        }
    }
}
