import { App, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import type { ReactNode } from 'react';
import './kit.css';
import { theme } from './theme.ts';

/** The server's policy admits style elements that carry this page's nonce. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;

export function KitProvider({ children }: { children: ReactNode }) {
  return (
    <ConfigProvider
      locale={zhCN}
      theme={theme}
      button={{ autoInsertSpace: false }}
      {...(nonce ? { csp: { nonce } } : {})}
    >
      <App message={{ maxCount: 3, duration: 5 }}>{children}</App>
    </ConfigProvider>
  );
}

/** Short messages at the top of the page; read out by screen readers as they appear. */
export function useToast() {
  const { message } = App.useApp();
  return message;
}
