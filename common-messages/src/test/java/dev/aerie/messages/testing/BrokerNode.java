package dev.aerie.messages.testing;

/// One RabbitMQ of a test, which may start and kill it as often as it likes: it keeps its port and its data.
interface BrokerNode extends AutoCloseable {

    /// `amqp://guest:guest@127.0.0.1:PORT/`
    String url();

    /// Starts it, or starts it again with the data it had; returns when it answers.
    void start();

    /// Kills it as a power cut would; returns when it is gone.
    void kill();

    /// Stops its processes without ending them, as a frozen machine.
    void freeze();

    /// Lets it go on.
    void thaw();

    @Override
    void close();
}
