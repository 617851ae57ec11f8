package dev.aerie.ingest.rtsp;

import dev.aerie.auth.Credentials;
import dev.aerie.auth.Secrets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Who may publish and who may read. Where nobody is named for one of the two, it is open to everybody who can
/// connect.
///
/// - `publish`, `read`: for all streams
/// - `own`: reads all streams, too: a part of the fleet
/// - `users`: for the streams that each of them is given
/// - `basic`: whether passwords are taken in the clear (Basic) besides Digest
public record RtspAccess(
        Optional<Credentials> publish,
        Optional<Credentials> read,
        Optional<Credentials> own,
        Optional<RtspUsers> users,
        boolean basic) {

    /// By Digest alone.
    public RtspAccess(Optional<Credentials> publish, Optional<Credentials> read) {
        this(publish, read, Optional.empty(), Optional.empty(), false);
    }

    /// Anybody may publish and read: only fit for a server that listens on loopback.
    public static RtspAccess open() {
        return new RtspAccess(Optional.empty(), Optional.empty());
    }

    public RtspAccess withUsers(RtspUsers newUsers) {
        return new RtspAccess(publish, read, own, Optional.of(newUsers), basic);
    }

    /// Whether everybody may publish.
    public boolean isOpenToPublishers() {
        return isOpen(RtspAction.PUBLISH);
    }

    /// Whether somebody with this password may publish this stream, for protocols whose clients send it.
    ///
    /// - `user`: empty for whoever has the password
    public boolean mayPublish(String stream, Optional<String> user, String password) {
        return known(RtspAction.PUBLISH, stream)
                .filter(credentials -> user.isEmpty() || credentials.user().equals(user.get()))
                .anyMatch(credentials -> Secrets.areEqual(credentials.password(), password));
    }

    boolean isOpen(RtspAction action) {
        return users.isEmpty() && ofAll(action).isEmpty();
    }

    /// What proves that a client is `user`; empty where that user may not do this with this stream.
    Optional<Credentials> find(RtspAction action, String stream, String user) {
        return known(action, stream)
                .filter(credentials -> credentials.user().equals(user))
                .findFirst();
    }

    /// Who may do this with this stream.
    private Stream<Credentials> known(RtspAction action, String stream) {
        var ofAll =
                action == RtspAction.READ ? List.of(read, own).stream().flatMap(Optional::stream) : publish.stream();
        return Stream.concat(ofAll, users.stream().flatMap(some -> some.of(action, stream)));
    }

    private Optional<Credentials> ofAll(RtspAction action) {
        return action == RtspAction.READ ? read : publish;
    }
}
