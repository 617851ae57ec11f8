package dev.aerie.ingest.live;

import dev.aerie.messages.Exchanges;
import dev.aerie.messages.Message;
import dev.aerie.messages.MessageType;
import dev.aerie.messages.Messages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/// Takes every message of the bus once and hands it to whoever follows its stream in a browser. Thread-safe; followers
/// never hold it up.
public final class ResultHub {

    private final CopyOnWriteArrayList<ResultSubscription> followers = new CopyOnWriteArrayList<>();
    private final ResultRates rates = new ResultRates(System.nanoTime());
    private final BooleanSupplier brokerConnected;

    /// `brokerConnected` says whether messages can come at all now.
    public ResultHub(BooleanSupplier brokerConnected) {
        this.brokerConnected = brokerConnected;
    }

    /// One message, as the broker brought it.
    public void accept(Message message) {
        String exchange = MessageType.of(message.getClass()).exchange();
        String stream = message.envelope().stream();
        rates.count(exchange, stream == null ? ResultRates.EVERY_STREAM : stream);
        if (stream == null || exchange.equals(Exchanges.IMU)) {
            return;
        }
        var interested =
                followers.stream().filter(each -> each.stream().equals(stream)).toList();
        if (!interested.isEmpty()) {
            hand(message, interested);
        }
    }

    /// Messages a second: `{broker, exchanges: [names], streams: {stream: {exchange: rate}}}`.
    public RatesReport report() {
        return new RatesReport(brokerConnected.getAsBoolean(), Exchanges.ALL, rates.byStream());
    }

    void follow(ResultSubscription subscription) {
        followers.add(subscription);
    }

    void unfollow(ResultSubscription subscription) {
        followers.remove(subscription);
    }

    /// Measures rates and tells every follower; once a second.
    void tick() {
        rates.tick(System.nanoTime());
        var report = report();
        followers.forEach(subscription -> subscription.rates(report));
    }

    /// Sends what has waited long enough for other results of its frame.
    void flush() {
        long now = System.nanoTime();
        followers.forEach(subscription -> subscription.flush(now));
    }

    private static void hand(Message message, List<ResultSubscription> interested) {
        String body = new String(Messages.write(message), StandardCharsets.UTF_8);
        interested.forEach(subscription -> subscription.accept(message, body));
    }

    /// Messages a second of everything the broker brings.
    ///
    /// - `broker`: whether this server is connected to it
    /// - `streams`: by stream and exchange; `*` for messages that name no stream
    public record RatesReport(boolean broker, List<String> exchanges, Map<String, Map<String, Double>> streams) {

        /// What one stream brings, every exchange named, silent ones with 0.
        Map<String, Double> of(String stream) {
            var rates = new TreeMap<String, Double>();
            exchanges.forEach(exchange -> rates.put(exchange, 0.0));
            rates.putAll(streams.getOrDefault(stream, Map.of()));
            return rates;
        }
    }
}
