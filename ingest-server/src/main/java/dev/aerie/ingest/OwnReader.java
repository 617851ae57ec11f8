package dev.aerie.ingest;

import dev.aerie.auth.ApiToken;
import dev.aerie.auth.Credentials;
import dev.aerie.rtsp.RelayAddress;
import java.security.SecureRandom;
import java.util.Optional;

/// A user of RTSP for another server that reads our relay, such as go2rtc, whose API shows what it was told. It may
/// read and nothing else, and lives as long as this process. No password that people or services have is told.
///
/// - `credentials`: empty where everybody may read
record OwnReader(Optional<Credentials> credentials) {

    private static final String USER = "go2rtc";

    /// - `isOpen`: whether everybody may read
    static OwnReader make(boolean isOpen, SecureRandom random) {
        return new OwnReader(isOpen ? Optional.empty() : Optional.of(new Credentials(USER, ApiToken.make(random))));
    }

    /// The same address with this user.
    RelayAddress at(RelayAddress address) {
        return new RelayAddress(
                address.isSecure(),
                address.host(),
                address.port(),
                credentials.map(Credentials::user),
                credentials.map(Credentials::password));
    }
}
