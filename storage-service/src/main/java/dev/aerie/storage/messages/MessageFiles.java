package dev.aerie.storage.messages;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// Names of the archive's message files. New files are called `….messages.jsonl.gz` and `messages-<minute>.jsonl.gz`;
/// a file with the name that an earlier version gave it (`….said.jsonl.gz`, `said-<minute>.jsonl.gz`) keeps it and is
/// read and appended to in place.
public final class MessageFiles {

    private static final String VIDEO = ".mp4";
    private static final String SUFFIX = ".jsonl.gz";
    private static final String NAME = "messages";
    private static final String OLD_NAME = "said";
    private static final Pattern UNRECORDED = Pattern.compile("(messages|said)-\\d+\\.jsonl\\.gz");

    private MessageFiles() {}

    /// The message file of a segment, existing or not.
    ///
    /// - `segmentPath`: of its video, relative to `archive`
    public static Path ofSegment(Path archive, String segmentPath) {
        return existing(archive.resolve(path(segmentPath, OLD_NAME)), archive.resolve(path(segmentPath, NAME)));
    }

    /// Every path, relative to the archive, at which messages of a segment may be.
    public static List<String> pathsOfSegment(String segmentPath) {
        return List.of(path(segmentPath, NAME), path(segmentPath, OLD_NAME));
    }

    /// The file in `folder` for messages of one minute (Unix time in minutes) that belong to no segment.
    static Path unrecorded(Path folder, long minute) {
        String rest = "-" + minute + SUFFIX;
        return existing(folder.resolve(OLD_NAME + rest), folder.resolve(NAME + rest));
    }

    /// Whether a file holds messages that belong to no segment.
    public static boolean isUnrecorded(Path file) {
        return UNRECORDED.matcher(file.getFileName().toString()).matches();
    }

    private static Path existing(Path old, Path current) {
        return Files.exists(old) ? old : current;
    }

    private static String path(String segmentPath, String name) {
        int end = segmentPath.lastIndexOf(VIDEO);
        return segmentPath.substring(0, end < 0 ? segmentPath.length() : end) + "." + name + SUFFIX;
    }
}
