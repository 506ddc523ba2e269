/** How a channel to a peer behaves, in gRPC's own names: sizes in bytes, times in milliseconds. */
export const channelOptions = {
  'grpc.max_receive_message_length': 128 * 1024 * 1024,
  'grpc.max_send_message_length': 128 * 1024 * 1024,
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 2_000,
  // Peers end connections that ping more often than once a minute.
  'grpc.keepalive_time_ms': 90_000,
  'grpc.keepalive_timeout_ms': 10_000,
};
