/** To whom a sealed value is bound: always something that never changes and stands in the same row. */
export const ownerOf = {
  application: (id: string): string => `application:${id}`,
  organisation: (id: string): string => `organisation:${id}`,
  register: (register: string, authorityId: string): string => `register:${register}:${authorityId}`,
  secondFactor: (personId: string): string => `second factor:${personId}`,
  person: (id: string): string => `person:${id}`,
};
