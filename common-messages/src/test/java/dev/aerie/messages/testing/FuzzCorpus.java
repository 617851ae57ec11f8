package dev.aerie.messages.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/// Gives a module's fuzz targets the inputs again that a fuzzer found to take new ways through the code, and those that
/// failed: a module's `FuzzCorpusTest` extends this.
///
/// A target is a class `…Fuzz` with a method `fuzzerTestOneInput(byte[])`, which Jazzer calls (`./aerie fuzz`) and
/// which returns for every input. Its inputs are the files in `src/test/fuzz/NAME` of its module.
@Timeout(60)
public abstract class FuzzCorpus {

    private static final Path FOLDER = Path.of("src", "test", "fuzz");
    private static final Path CLASSES = Path.of("target", "test-classes");
    private static final String END = "Fuzz.class";

    @TestFactory
    Stream<DynamicTest> corpora() throws IOException {
        var targets = filesBelow(CLASSES).stream()
                .filter(file -> file.getFileName().toString().endsWith(END))
                .map(FuzzCorpus::className)
                .toList();
        assertThat(targets).as("fuzz targets of this module").isNotEmpty();
        return targets.stream().map(name -> DynamicTest.dynamicTest(name, () -> replay(Class.forName(name))));
    }

    private static void replay(Class<?> target) throws Throwable {
        MethodHandle method = MethodHandles.privateLookupIn(target, MethodHandles.lookup())
                .findStatic(target, "fuzzerTestOneInput", MethodType.methodType(void.class, byte[].class));
        var inputs = filesBelow(FOLDER.resolve(target.getSimpleName()));
        assertThat(inputs).as("inputs of %s", target.getSimpleName()).isNotEmpty();
        for (Path input : inputs) {
            try {
                method.invoke(Files.readAllBytes(input));
            } catch (Exception | Error fault) {
                throw new AssertionError("thrown for " + input, fault);
            }
        }
    }

    private static String className(Path file) {
        String name = CLASSES.relativize(file).toString();
        return name.substring(0, name.length() - ".class".length())
                .replace(file.getFileSystem().getSeparator(), ".");
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
