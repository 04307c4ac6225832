import { App, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import type { ReactNode } from 'react';
import { giveStylesTheNonce } from './nonce.ts';
import { theme } from './theme.ts';

giveStylesTheNonce();

export function KitProvider({ children }: { children: ReactNode }) {
  return (
    <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }}>
      <App message={{ maxCount: 3, duration: 5 }}>{children}</App>
    </ConfigProvider>
  );
}

/** Short messages at the top of the page; read out by screen readers as they appear. */
export function useToast() {
  const { message } = App.useApp();
  return message;
}
