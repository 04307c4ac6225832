/** One message on its way to one address. `id` stays the same when it is sent again, so that a receiver can tell. */
export type Outgoing = {
  id: string;
  to: string;
  subject: string;
  text: string;
  /** Where its reader ends mails of this kind. */
  unsubscribe?: string;
};

/**
 * Why the other side did not take it over: `address`: nothing can be delivered there; `refused`: this message will never be taken; `later`:
 * try this one again; `down`: the other side cannot be reached at all.
 */
export type NotTaken = {
  taken: false;
  because: 'address' | 'refused' | 'later' | 'down';
  problem: string;
  /** It fell silent when it had everything: it may have taken it. */
  perhapsTaken?: boolean;
};
export type Sending = { taken: true } | NotTaken;

/** A way out of the house: SMTP, or a gateway for text messages. `send` never throws. */
export type Carrier = {
  send(message: Outgoing): Promise<Sending>;
  /** Whether the other side answers: undefined, or what is wrong, in Chinese. */
  check(): Promise<string | undefined>;
  close(): void;
};

export type Channel = 'mail' | 'sms';
export type Carriers = Partial<Record<Channel, Carrier>>;
