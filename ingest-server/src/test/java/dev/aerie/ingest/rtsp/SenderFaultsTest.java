package dev.aerie.ingest.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.rtp.PacketizedUnit;
import dev.aerie.ingest.rtp.RtpPacketizer;
import dev.aerie.ingest.rtp.SyntheticVideo;
import dev.aerie.limits.ByteBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultEventLoop;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Faults between the relay and its RTSP readers.
final class SenderFaultsTest {

    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final Relay relay = new Relay();
    private final AtomicInteger pending = new AtomicInteger();
    private final List<String> ended = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void reader_thatThrows_losesItsConnection_othersAndTheQueueNeverNotice() throws Exception {
        var stream = relay.open("drone");
        var outlet = new RtspStream(
                stream, InstantSource.system(), new SecureRandom(), pending, new LongAdder(), new ByteBudget(1 << 26));
        var fanout = outlet.broadcast(false);
        var good = new FakeSink(false);
        fanout.join(reader("bad", new FakeSink(true), outlet), loop);
        fanout.join(reader("good", good, outlet), loop);
        for (int i = 0; i < 400; i++) {
            stream.publish(SyntheticVideo.idr(500, i * 3000L));
            loop.submit(() -> {}).get();
        }
        assertThat(good.units).isEqualTo(400);
        assertThat(ended).containsExactly("bad");
        assertThat(pending).hasValue(0);
    }

    @Test
    void unit_thatCannotBeMadePackets_isLostAlone() throws Exception {
        var stream = relay.open("drone");
        var broken = new AtomicBoolean();
        InstantSource clock = () -> {
            if (broken.get()) {
                throw new OutOfMemoryError("direct memory, on purpose");
            }
            return InstantSource.system().instant();
        };
        var packetizer = new RtpPacketizer(ByteBufAllocator.DEFAULT, 1, 0, 0, false);
        var fanout = new RtpFanout(stream, packetizer, clock, pending, new ByteBudget(1 << 26));
        var outlet =
                new RtspStream(stream, clock, new SecureRandom(), pending, new LongAdder(), new ByteBudget(1 << 26));
        var sink = new FakeSink(false);
        fanout.join(reader("good", sink, outlet), loop);
        stream.publish(SyntheticVideo.idr(500, 0));
        broken.set(true);
        stream.publish(SyntheticVideo.delta(500, 3000));
        broken.set(false);
        stream.publish(SyntheticVideo.delta(500, 6000));
        stream.publish(SyntheticVideo.idr(500, 9000));
        loop.submit(() -> {}).get();
        assertThat(stream.readerCount()).isEqualTo(1);
        assertThat(sink.units)
                .as("the first, then nothing before the next IDR frame")
                .isEqualTo(2);
    }

    private StreamReader reader(String name, PacketSink sink, RtspStream stream) {
        return new StreamReader(name, "test", sink, ReaderLimits.defaults(), stream, () -> ended.add(name));
    }

    private static final class FakeSink implements PacketSink {

        private final boolean breaks;
        private volatile int units;

        FakeSink(boolean breaks) {
            this.breaks = breaks;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one event loop writes
        public void write(PacketizedUnit unit) {
            if (breaks) {
                throw new IllegalStateException("broken on purpose");
            }
            units++;
        }

        @Override
        public void writeReport(ByteBuf rtcp) {}

        @Override
        public void flush() {}

        @Override
        public long queuedBytes() {
            return 0;
        }

        @Override
        public int queuedUnits() {
            return 0;
        }

        @Override
        public long takenUnits() {
            return units;
        }

        @Override
        public String transport() {
            return "test";
        }

        @Override
        public void close() {}
    }
}
