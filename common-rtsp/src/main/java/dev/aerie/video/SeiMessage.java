package dev.aerie.video;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One message of an SEI NAL unit, which may carry several (ITU-T H.264, 7.3.2.3.1; ITU-T H.265, 7.3.5).
///
/// ```
/// ff… type   ff… size   payload        again, until rbsp_trailing_bits (80)
/// ```
final class SeiMessage {

    static final int USER_DATA_UNREGISTERED = 5;

    private static final int TRAILING_BITS = 0x80;

    private final int type;
    private final byte[] payload;

    SeiMessage(int type, byte[] payload) {
        this.type = type;
        this.payload = payload;
    }

    int type() {
        return type;
    }

    byte[] payload() {
        return payload;
    }

    /// The messages of an SEI NAL unit; one that breaks off ends the list without an error.
    static List<SeiMessage> parse(NalUnit sei) {
        byte[] rbsp = sei.rbsp();
        var messages = new ArrayList<SeiMessage>(2);
        int at = 0;
        while (at < rbsp.length && (rbsp[at] & 0xff) != TRAILING_BITS) {
            int type = 0;
            while (at < rbsp.length && (rbsp[at] & 0xff) == 0xff) {
                type += 0xff;
                at++;
            }
            type += at < rbsp.length ? rbsp[at++] & 0xff : 0;
            int size = 0;
            while (at < rbsp.length && (rbsp[at] & 0xff) == 0xff) {
                size += 0xff;
                at++;
            }
            size += at < rbsp.length ? rbsp[at++] & 0xff : 0;
            if (size > rbsp.length - at) {
                break;
            }
            messages.add(new SeiMessage(type, Arrays.copyOfRange(rbsp, at, at + size)));
            at += size;
        }
        return messages;
    }

    /// One SEI NAL unit with these messages, emulation prevention included.
    ///
    /// - `header`: of the NAL unit
    static NalUnit write(VideoCodec codec, int header, List<SeiMessage> messages) {
        var rbsp = new ByteArrayOutputStream();
        for (SeiMessage message : messages) {
            writeNumber(rbsp, message.type);
            writeNumber(rbsp, message.payload.length);
            rbsp.writeBytes(message.payload);
        }
        rbsp.write(TRAILING_BITS);
        return NalUnit.of(codec, header, rbsp.toByteArray());
    }

    private static void writeNumber(ByteArrayOutputStream rbsp, int number) {
        int rest = number;
        while (rest >= 0xff) {
            rbsp.write(0xff);
            rest -= 0xff;
        }
        rbsp.write(rest);
    }
}
