package dev.aerie.rtsp;

import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/// A source that does what a test tells it: units, an end, an error, or silence.
final class ScriptedSource implements StreamSource<String> {

    private final LinkedBlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private interface Step {
        String run() throws IOException;
    }

    ScriptedSource unit(String name) {
        steps.add(() -> name);
        return this;
    }

    ScriptedSource end() {
        return error(new EOFException("end of stream"));
    }

    ScriptedSource error(IOException transientFailure) {
        steps.add(() -> {
            throw transientFailure;
        });
        return this;
    }

    ScriptedSource bug(RuntimeException bug) {
        steps.add(() -> {
            throw bug;
        });
        return this;
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    @Override
    public String next() throws IOException {
        try {
            return steps.take().run();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted");
        }
    }

    @Override
    public void close() {
        closed.countDown();
        error(new IOException("closed"));
    }
}
