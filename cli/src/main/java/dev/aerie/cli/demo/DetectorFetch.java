package dev.aerie.cli.demo;

import dev.aerie.cli.models.ModelFetch;
import dev.aerie.cli.models.ProgressBar;
import dev.aerie.threads.BackgroundThread;
import dev.aerie.vision.models.DownloadProgress;
import dev.aerie.vision.models.Model;
import dev.aerie.vision.models.ModelImportException;
import dev.aerie.vision.models.ModelStore;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Downloads a missing detector in the background, once, and not again for a day after a failure. Reports in one line
/// what runs without it.
final class DetectorFetch implements AutoCloseable {

    static final String DETECTOR = "yolox_nano";

    /// Another that names what it finds; where it is installed, nothing is missing.
    private static final String SECOND_DETECTOR = "nanodet";

    private static final Duration CONNECTION = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration FORGET_FAILURE_AFTER = Duration.ofDays(1);

    private final ModelStore store;
    private final InstantSource clock;
    private final PrintStream out;
    private final boolean terminal;
    private final AtomicReference<@Nullable String> news = new AtomicReference<>();
    private final AtomicBoolean arrived = new AtomicBoolean();
    private Optional<BackgroundThread> thread = Optional.empty();

    /// - `terminal`: whether `out` is one, for a progress bar
    DetectorFetch(ModelStore store, InstantSource clock, PrintStream out, boolean terminal) {
        this.store = store;
        this.clock = clock;
        this.out = out;
        this.terminal = terminal;
    }

    /// Returns at once.
    ///
    /// - `offline`: no download
    void begin(boolean offline) {
        var model = store.manifest()
                .find(DETECTOR)
                .filter(each -> store.installed(each).isEmpty());
        if (model.isEmpty() || isInstalled(SECOND_DETECTOR)) {
            return;
        }
        var source = model.get().source().map(URI::create);
        if (offline || source.isEmpty()) {
            tell("is not installed");
        } else if (failedLately()) {
            tell("could not be fetched less than a day ago");
        } else {
            var fetching = BackgroundThread.of("fetch-" + DETECTOR, () -> fetch(model.get(), source.get()));
            fetching.start();
            thread = Optional.of(fetching);
        }
    }

    private boolean isInstalled(String name) {
        return store.manifest().find(name).flatMap(store::installed).isPresent();
    }

    /// A new line about the state of the download, returned once; empty without news.
    Optional<String> takeNews() {
        return Optional.ofNullable(news.getAndSet(null));
    }

    /// Whether the model was installed since the last call.
    boolean takeArrived() {
        return arrived.getAndSet(false);
    }

    /// Cancels the download.
    @Override
    public void close() {
        thread.ifPresent(BackgroundThread::interrupt);
    }

    private void fetch(Model model, URI source) throws InterruptedException {
        try {
            var bar = terminal ? new ProgressBar(DETECTOR, out, true) : DownloadProgress.SILENT;
            new ModelFetch(store, CONNECTION, ANSWER).fetch(model, source, bar, DownloadProgress.SILENT);
            Files.deleteIfExists(failure());
            arrived.set(true);
        } catch (IOException | ModelImportException | IllegalArgumentException e) {
            remember(String.valueOf(e.getMessage()));
            tell("cannot be fetched (" + e.getMessage() + ")");
        }
    }

    private void tell(String what) {
        news.set("detector   motion: moving objects are detected and tracked without class names, because " + DETECTOR
                + " " + what + "; ./aerie models get " + DETECTOR + ", or " + SECOND_DETECTOR);
    }

    private void remember(String cause) {
        try {
            Files.createDirectories(store.directory());
            Files.writeString(failure(), clock.instant() + " " + cause + System.lineSeparator());
        } catch (IOException _) {
            // The next start retries.
        }
    }

    private boolean failedLately() {
        try {
            String[] words = Files.readString(failure()).split(" ", 2);
            var age = Duration.between(Instant.parse(words[0]), clock.instant());
            return !age.isNegative() && age.compareTo(FORGET_FAILURE_AFTER) < 0;
        } catch (IOException | RuntimeException _) {
            return false;
        }
    }

    private Path failure() {
        return store.directory().resolve(DETECTOR + ".failed");
    }
}
