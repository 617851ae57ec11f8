package dev.aerie.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Tests of two JVMs run side by side; those that take the standard ports wait for each other.
final class OneDemo implements BeforeAllCallback, AfterAllCallback {

    private @Nullable FileLock held;

    @Override
    public void beforeAll(ExtensionContext context) {
        try {
            held = FileChannel.open(
                            Path.of("target", "one-demo.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .lock();
        } catch (IOException e) {
            throw new UncheckedIOException("no lock for the standard ports", e);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        FileLock lock = held;
        if (lock != null) {
            lock.acquiredBy().close();
        }
    }
}
