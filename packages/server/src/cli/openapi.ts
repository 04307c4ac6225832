import { buildApp } from '../app.ts';
import { withContext } from './with-context.ts';

/** Prints the description of the interface, made from the very schemas that check the requests. */
export function run(): Promise<number> {
  return withContext(async (context) => {
    const app = await buildApp(context);
    await app.ready();
    console.log(JSON.stringify(app.swagger(), null, 2));
    await app.close();
    return 0;
  });
}
