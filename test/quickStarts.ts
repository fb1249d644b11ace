/**
 * Nothing that these tests start speaks TLS, and Node reads a file of further root certificates whenever a process starts,
 * which takes longer than the start itself.
 */
delete process.env.NODE_EXTRA_CA_CERTS;
