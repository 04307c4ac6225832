import type { Carriers } from './carrier.ts';
import type { MessagingSettings } from './settings.ts';
import { openSmsGateway } from './sms-gateway.ts';
import { openSmtp } from './smtp.ts';

export * from './carrier.ts';
export { type MessagingSettings, readMessaging } from './settings.ts';

/** The ways out that are set up; none is reached for before the first message. */
export async function openCarriers({ mail, sms }: MessagingSettings, publicUrl: string): Promise<Carriers> {
  return {
    ...(mail && { mail: await openSmtp(mail, new URL(publicUrl).hostname) }),
    ...(sms && { sms: await openSmsGateway(sms) }),
  };
}

export const closeCarriers = (carriers: Carriers): void => {
  for (const carrier of Object.values(carriers)) carrier.close();
};
