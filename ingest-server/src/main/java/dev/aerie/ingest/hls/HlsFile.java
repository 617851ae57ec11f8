package dev.aerie.ingest.hls;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a player asks for beside the playlist.
sealed interface HlsFile {

    Pattern NAME = Pattern.compile("(?:init-([0-9]{1,15})\\.mp4|(?:seg|part)-([0-9]{1,15})(?:-([0-9]{1,4}))?\\.m4s)");

    record Init(long map) implements HlsFile {}

    record Segment(long number) implements HlsFile {}

    record Part(long segment, int index) implements HlsFile {}

    static String map(long number) {
        return "init-" + number + ".mp4";
    }

    static String segment(long number) {
        return "seg-" + number + ".m4s";
    }

    static String part(long segment, int index) {
        return "part-" + segment + "-" + index + ".m4s";
    }

    /// Empty for any other name.
    static Optional<HlsFile> of(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        HlsFile file = matcher.group(1) != null
                ? new Init(Long.parseLong(matcher.group(1)))
                : matcher.group(3) == null
                        ? new Segment(Long.parseLong(matcher.group(2)))
                        : new Part(Long.parseLong(matcher.group(2)), Integer.parseInt(matcher.group(3)));
        return Optional.of(file).filter(known -> known.name().equals(name));
    }

    /// Its name again.
    default String name() {
        return switch (this) {
            case Init(long map) -> map(map);
            case Segment(long number) -> segment(number);
            case Part(long segment, int index) -> part(segment, index);
        };
    }
}
