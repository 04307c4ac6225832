export { deliveryByCode, factsOfDelivery } from './print-receipt.ts';
