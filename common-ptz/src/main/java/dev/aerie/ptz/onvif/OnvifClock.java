package dev.aerie.ptz.onvif;

import dev.aerie.ptz.camera.PtzException;
import dev.aerie.ptz.xml.MalformedXmlException;
import dev.aerie.ptz.xml.XmlElement;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// How far a camera's clock is from ours: a user name token that is dated by another clock is refused.
final class OnvifClock {

    private OnvifClock() {}

    /// The camera's time less ours; zero where it does not say. Asked without credentials, as ONVIF has it.
    ///
    /// Throws [PtzException] where it cannot be reached.
    static Duration offset(OnvifTransport transport, String service, InstantSource clock) throws PtzException {
        try {
            var answer = transport.callOpenly(service, OnvifTransport.device("GetSystemDateAndTime"));
            return Duration.between(clock.instant(), time(answer));
        } catch (PtzException e) {
            if (e.reason() == PtzException.Reason.UNREACHABLE) {
                throw e;
            }
            return Duration.ZERO;
        } catch (MalformedXmlException | DateTimeException _) {
            return Duration.ZERO;
        }
    }

    private static Instant time(XmlElement answer) throws MalformedXmlException {
        var utc = answer.find("SystemDateAndTime", "UTCDateTime")
                .orElseThrow(() -> new MalformedXmlException("no UTCDateTime"));
        return LocalDateTime.of(
                        (int) utc.numberAt("Date", "Year"),
                        (int) utc.numberAt("Date", "Month"),
                        (int) utc.numberAt("Date", "Day"),
                        (int) utc.numberAt("Time", "Hour"),
                        (int) utc.numberAt("Time", "Minute"),
                        (int) Math.min(59, utc.numberAt("Time", "Second")))
                .toInstant(ZoneOffset.UTC);
    }
}
