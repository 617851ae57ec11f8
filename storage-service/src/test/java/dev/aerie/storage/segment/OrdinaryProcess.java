package dev.aerie.storage.segment;

import dev.aerie.storage.testing.NumberedVideo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A process that file permissions hold for, as they do not for root, and that looks an archive over.
final class OrdinaryProcess {

    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
    private static final String RIGHTS = "-dac_override,-dac_read_search";

    private OrdinaryProcess() {}

    static boolean isPossible() throws IOException {
        return !isRoot() || Files.isExecutable(SETPRIV);
    }

    /// What it says about the archive in `folder`.
    static String run(Path folder) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if (isRoot()) {
            command.addAll(List.of(SETPRIV.toString(), "--bounding-set", RIGHTS, "--inh-caps", RIGHTS));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OrdinaryProcess.class.getName(),
                folder.toString()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String message = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return message;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var folder = Path.of(arguments[0]);
        try (var archive = new TestArchive(folder)) {
            var reconciler = new ArchiveReconciler(
                    archive.context, archive.catalog, new ArchiveFolders(archive.root, new RateLimitedLog()));
            archive.awaitSegments("drone", NumberedVideo.SESSION, 1);
            System.out.println("finished=" + archive.segments().all().size() + " failed="
                    + reconciler.reconcile().failed());
        }
        System.exit(0);
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }
}
