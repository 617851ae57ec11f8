package dev.aerie.ingest.hls;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aerie.limits.ByteBudget;

/// Names of files that players ask for: each stands for one thing, and none for something that is not there.
final class HlsFuzz {

    private static final HlsStream EMPTY = new HlsStream(1, new ByteBudget(0));

    private HlsFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String name = new String(data, UTF_8);
        HlsFile.of(name).ifPresent(file -> {
            boolean isThere = EMPTY.bytes(file).isPresent();
            if (isThere || !file.name().equals(name)) {
                throw new AssertionError(file);
            }
        });
    }
}
