package dev.aerie.ptz.soap;

import java.time.Duration;
import java.util.Optional;
import javax.xml.datatype.DatatypeConstants;
import javax.xml.datatype.DatatypeFactory;

/// `xs:duration`, of which [Duration] reads a part only: it has years and months too.
public final class XmlDuration {

    private static final long DAYS_OF_YEAR = 365;
    private static final long DAYS_OF_MONTH = 30;

    /// Digits are read before anybody asks how long the duration is.
    private static final int MAX_CHARACTERS = 64;

    private XmlDuration() {}

    /// Empty for what is no duration, a negative one or one of more than 64 characters; a month counts as 30 days.
    public static Optional<Duration> parse(String text) {
        if (text.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        try {
            var read = DatatypeFactory.newDefaultInstance().newDuration(text);
            if (read.getSign() < 0) {
                return Optional.empty();
            }
            long days = read.getYears() * DAYS_OF_YEAR + read.getMonths() * DAYS_OF_MONTH + read.getDays();
            Number seconds = read.getField(DatatypeConstants.SECONDS);
            return Optional.of(Duration.ofDays(days)
                    .plusHours(read.getHours())
                    .plusMinutes(read.getMinutes())
                    .plusMillis(seconds == null ? 0 : Math.round(seconds.doubleValue() * 1000)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// With milliseconds at most.
    public static String write(Duration duration) {
        return Duration.ofMillis(duration.toMillis()).toString();
    }
}
