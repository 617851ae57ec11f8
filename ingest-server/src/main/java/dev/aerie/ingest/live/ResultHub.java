package dev.aerie.ingest.live;

import dev.aerie.messages.Exchanges;
import dev.aerie.messages.MessageHeader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/// Receives every message of the bus once and passes it to the [ResultSubscription]s of its stream, unchanged.
/// Thread-safe; a slow subscription never blocks it.
public final class ResultHub {

    private final CopyOnWriteArrayList<ResultSubscription> subscriptions = new CopyOnWriteArrayList<>();
    private final ResultRates rates = new ResultRates(System.nanoTime());
    private final BooleanSupplier brokerConnected;

    /// - `brokerConnected`: whether messages can arrive now
    public ResultHub(BooleanSupplier brokerConnected) {
        this.brokerConnected = brokerConnected;
    }

    /// One message, as the broker delivered it: `json` is its body, `header` what was read from it.
    public void accept(MessageHeader header, String json) {
        String exchange = header.type().exchange();
        String stream = header.envelope().stream();
        rates.count(exchange, stream == null ? ResultRates.EVERY_STREAM : stream);
        if (stream == null || exchange.equals(Exchanges.IMU)) {
            return;
        }
        for (var subscription : subscriptions) {
            if (subscription.stream().equals(stream)) {
                subscription.accept(header, json);
            }
        }
    }

    /// Messages a second: `{broker, exchanges: [names], streams: {stream: {exchange: rate}}}`.
    public RatesReport report() {
        return new RatesReport(brokerConnected.getAsBoolean(), Exchanges.ALL, rates.byStream());
    }

    void add(ResultSubscription subscription) {
        subscriptions.add(subscription);
    }

    void remove(ResultSubscription subscription) {
        subscriptions.remove(subscription);
    }

    /// Measures the rates and sends them to every subscription; called once a second.
    void tick() {
        rates.tick(System.nanoTime());
        var report = report();
        subscriptions.forEach(subscription -> subscription.rates(report));
    }

    /// Sends the frames whose join window is over.
    void flush() {
        long now = System.nanoTime();
        subscriptions.forEach(subscription -> subscription.flush(now));
    }

    /// Whether frames wait for more results.
    boolean isJoining() {
        return subscriptions.stream().anyMatch(ResultSubscription::isJoining);
    }

    /// Messages a second of everything the broker delivers.
    ///
    /// - `broker`: whether this server is connected to it
    /// - `streams`: by stream and exchange; `*` for messages that name no stream
    public record RatesReport(boolean broker, List<String> exchanges, Map<String, Map<String, Double>> streams) {

        /// The rates of one stream, by exchange; 0 for an exchange without messages.
        Map<String, Double> of(String stream) {
            var rates = new TreeMap<String, Double>();
            exchanges.forEach(exchange -> rates.put(exchange, 0.0));
            rates.putAll(streams.getOrDefault(stream, Map.of()));
            return rates;
        }
    }
}
