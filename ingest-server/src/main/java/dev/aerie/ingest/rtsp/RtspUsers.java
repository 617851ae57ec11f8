package dev.aerie.ingest.rtsp;

import dev.aerie.auth.Credentials;
import dev.aerie.auth.FollowedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// Who may do what with which streams, by a file: a line each, `NAME read|publish STREAMS PASSWORD`. `*` in STREAMS
/// stands for any characters; lines that begin with `#` and empty ones say nothing. Passwords stand as they are, for
/// Digest needs them: the file must be for its owner, and readers of its group, alone. Followed when it changes.
/// Thread-safe.
public final class RtspUsers {

    private static final int WORDS = 4;
    private static final Set<PosixFilePermission> OF_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private final FollowedFile<List<Grant>> file;

    private record Grant(RtspAction action, String streams, Credentials credentials) {}

    /// Throws [IOException] if the file cannot be read, others can read or change it, or a line is none.
    ///
    /// - `nanoTime`: monotonic
    public RtspUsers(Path file, LongSupplier nanoTime) throws IOException {
        this.file = new FollowedFile<>(file, RtspUsers::read, nanoTime);
    }

    /// What proves that a client is `user`; empty where that user may not do this with this stream.
    Optional<Credentials> find(RtspAction action, String stream, String user) {
        return of(action, stream)
                .filter(credentials -> credentials.user().equals(user))
                .findFirst();
    }

    /// Who may do this with this stream, in the order of the file.
    Stream<Credentials> of(RtspAction action, String stream) {
        return file.content().stream()
                .filter(grant -> grant.action() == action && matches(grant.streams(), stream))
                .map(Grant::credentials);
    }

    private static List<Grant> read(Path file) throws IOException {
        var attributes = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (attributes != null
                && attributes.readAttributes().permissions().stream().anyMatch(OF_OTHERS::contains)) {
            throw new IOException("others can read or change it: chmod 600");
        }
        var grants = new ArrayList<Grant>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                grants.add(grant(line, number));
            }
        }
        return List.copyOf(grants);
    }

    private static Grant grant(String line, int number) throws IOException {
        String[] words = line.strip().split("\\s+", WORDS);
        var action = words.length == WORDS ? RtspAction.of(words[1]) : Optional.<RtspAction>empty();
        if (action.isEmpty()) {
            throw new IOException("line " + number + " is not NAME read|publish STREAMS PASSWORD");
        }
        return new Grant(action.get(), words[2], new Credentials(words[0], words[3]));
    }

    /// Whether `*` in a pattern can stand for what is missing. Takes back the last `*` only, so that it is no slower
    /// than the product of both lengths.
    static boolean matches(String pattern, String stream) {
        int at = 0;
        int star = -1;
        int resume = 0;
        for (int i = 0; i < stream.length(); ) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                resume = i;
            } else if (at < pattern.length() && pattern.charAt(at) == stream.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
