import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Takes the machine code out of the jars of a folder: `java TakeNatives.java JARS NATIVES`.
///
/// What ONNX Runtime, SQLite and the tokenizers load by themselves goes to NATIVES, of this machine's kind; in the jars none
/// is left. Runs in an image's build.
final class TakeNatives {

    private static final Pattern MACHINE_CODE = Pattern.compile(".*\\.(so|dylib|dll|jnilib)(\\.[0-9.]+)?");
    private static final Pattern LOADED_BY_THEMSELVES = Pattern.compile(".*(onnxruntime|sqlite|tokenizers).*");

    private TakeNatives() {}

    public static void main(String[] arguments) throws IOException {
        Path natives = Path.of(arguments[1]);
        try (Stream<Path> files = Files.walk(Path.of(arguments[0]))) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                take(jar, natives);
            }
        }
    }

    private static void take(Path jar, Path natives) throws IOException {
        boolean isWanted = LOADED_BY_THEMSELVES.matcher(jar.getFileName().toString()).matches();
        try (var content = FileSystems.newFileSystem(jar)) {
            for (Path file : machineCode(content.getPath("/"))) {
                if (isWanted && isOfThisMachine(file.toString())) {
                    Path copy = natives.resolve(file.getFileName().toString());
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
                Files.delete(file);
            }
        }
    }

    private static List<Path> machineCode(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> MACHINE_CODE.matcher(file.toString()).matches())
                    .toList();
        }
    }

    /// `/ai/onnxruntime/native/linux-x64/…`, `/org/sqlite/native/Linux/x86_64/…`, `/native/lib/linux-x86_64/cpu/…`
    private static boolean isOfThisMachine(String file) {
        String kind = System.getProperty("os.arch").equals("aarch64") ? "(aarch64)" : "(x64|x86_64)";
        return file.matches("(?i).*/linux[-/]" + kind + "/.*");
    }
}
