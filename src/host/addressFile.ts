/** The name of the file, in the host's folder, in which a running host says where it listens. */
export const ADDRESS_FILE = 'address.json';
